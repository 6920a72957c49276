// What is kept of a message while the service works on it: all its answer needs besides the reply.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "gateway/institution_limits.hpp"
#include "gateway/trace_context.hpp"
#include "gateway/wire/transaction.hpp"
#include "ports/hop_times.hpp"
#include "ports/metrics.hpp"

namespace gongji::gateway::wire {

struct MessageContext {
  const Transaction* transaction = nullptr;  // null until it is known
  MessageKey key;
  std::string business_input;
  std::optional<SettleCommand> bill;  // as sent: quotes, and settlements named by a business fact

  InstitutionToken place;  // given back when the answer has been rendered
  std::string area;        // the institution's; names us in answers without a record
  bool infcode_as_string = false;
  unsigned refd_setl_flag_digits = 1;
  std::shared_ptr<const Policy> policy;  // one policy from start to end

  Transport transport = Transport::kHttp;
  Instant received_at;
  std::chrono::steady_clock::time_point first_byte_at;

  // For the log, should it take long (gateway/message_log.hpp).
  TraceContext trace{};
  HopTimes::Moment read_at{};
  HopTimes::Moment parsed_at{};
  HopTimes hops{};
};

}  // namespace gongji::gateway::wire
