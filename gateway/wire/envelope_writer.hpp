// The envelope around every answer.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "domain/time.hpp"
#include "gateway/json/json_writer.hpp"
#include "gateway/wire/error_table.hpp"

namespace gongji::gateway::wire {

struct AnswerEnvelope {
  Infcode infcode = Infcode::kApplied;
  bool infcode_as_string = false;
  std::string inf_refmsgid;
  Instant received_at;   // refmsg_time
  Instant responded_at;  // respond_time
  std::string err_msg;
};

// `write` puts the business result, one JSON value, behind the key `output`: the whole answer is
// written into one string.
std::string render_envelope(const AnswerEnvelope& envelope,
                            const std::function<void(json::JsonWriter& out)>& write);
// The same with the JSON text of the business result.
std::string render_envelope(const AnswerEnvelope& envelope, std::string_view output);

}  // namespace gongji::gateway::wire
