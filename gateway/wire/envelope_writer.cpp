#include "gateway/wire/envelope_writer.hpp"

#include "gateway/json/json_writer.hpp"

namespace gongji::gateway::wire {

std::string render_envelope(const AnswerEnvelope& envelope, std::string_view output) {
  constexpr std::size_t kHeadBytes = 256;
  std::string body;
  body.reserve(kHeadBytes + envelope.err_msg.size() + output.size());
  json::JsonWriter out{body};
  out.begin_object();
  const auto infcode = static_cast<int>(envelope.infcode);
  if (envelope.infcode_as_string) {
    out.text("infcode", std::to_string(infcode));
  } else {
    out.number("infcode", infcode);
  }
  out.text("inf_refmsgid", envelope.inf_refmsgid);
  out.text("refmsg_time", to_compact_text(envelope.received_at));
  out.text("respond_time", to_compact_text(envelope.responded_at));
  out.text("err_msg", envelope.err_msg);
  out.raw("output", output);
  out.end_object();
  return body;
}

}  // namespace gongji::gateway::wire
