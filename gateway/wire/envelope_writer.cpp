#include "gateway/wire/envelope_writer.hpp"

namespace gongji::gateway::wire {
namespace {

constexpr std::size_t kAnswerBytes = 2560;  // most are shorter

void write_head(json::JsonWriter& out, const AnswerEnvelope& envelope) {
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
  out.key("output");
}

}  // namespace

std::string render_envelope(const AnswerEnvelope& envelope,
                            const std::function<void(json::JsonWriter& out)>& write) {
  std::string body;
  body.reserve(kAnswerBytes);
  json::JsonWriter out{body};
  out.begin_object();
  write_head(out, envelope);
  write(out);
  out.end_object();
  return body;
}

std::string render_envelope(const AnswerEnvelope& envelope, std::string_view output) {
  return render_envelope(envelope, [&](json::JsonWriter& out) { out.fields(output); });
}

}  // namespace gongji::gateway::wire
