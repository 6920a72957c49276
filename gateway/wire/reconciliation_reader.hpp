// 3201, 3202, 9101 and 9102: their input becomes an order to the reconciliation desk. The names
// that provinces and vendors use instead are taken too: clr_optins, cash_payamt, REFD_SETL_FLAG.
#pragma once

#include <memory>
#include <string_view>

#include "gateway/reconciliation/orders.hpp"
#include "gateway/wire/incoming.hpp"
#include "gateway/wire/transaction.hpp"

namespace gongji::gateway::wire {

struct ReconciliationContext {
  const Institution& institution;
  std::shared_ptr<const Policy> policy;
  std::string_view infno;
  const json::JsonNode& input;
  StreamedFile* streamed_file = nullptr;  // of a 9101 that was too long to be held
};

Result<reconciliation::Order, Refusal> read_reconciliation(const ReconciliationContext& context);

}  // namespace gongji::gateway::wire
