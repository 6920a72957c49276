// The first hop as in gateway/http/session.cpp, for frames: the length is checked before anything
// is allocated for it, the deadline starts with the first byte, and the message takes an admission
// token or is refused at once.
#include "gateway/tcp/session.hpp"

#include <exception>
#include <utility>

namespace gongji::gateway {

TcpSession::TcpSession(Socket socket, TransportContext& context, FrameHandler& handler,
                       const StandIns& stand_ins)
    : Connection(std::move(socket), context), handler_(handler), stand_ins_(stand_ins) {
  request_.caller = caller();
}

void TcpSession::take_messages() {
  while (may_take() && take_frame()) {
  }
}

// False: more bytes are needed, or nothing more is taken.
bool TcpSession::take_frame() {
  const std::string_view bytes = input();
  if (bytes.empty()) return false;
  if (phase() == Phase::kIdle) {
    begin_phase(Phase::kHead);
    request_.first_byte_at = last_read_at();
  }
  if (bytes.size() < kFrameHeadBytes) return false;
  const FrameHead head = read_frame_head(bytes);
  if (head.payload_bytes > context().options.frame_bytes_max) {
    end_input();  // where the next frame begins is not known any more
    return false;
  }
  const std::size_t frame_bytes = kFrameHeadBytes + head.payload_bytes;
  if (bytes.size() < frame_bytes) {
    if (phase() == Phase::kHead) begin_phase(Phase::kBody);
    return false;
  }
  begin_phase(Phase::kIdle);
  dispatch(head, bytes.substr(kFrameHeadBytes, head.payload_bytes));
  consume(frame_bytes);
  return true;
}

void TcpSession::dispatch(FrameHead head, std::string_view payload) {
  context().metrics.frame(Transport::kTcp);
  begin_message();
  auto admitted = admission().try_enter();
  if (!admitted) {
    const std::string busy = stand_ins_.busy(admitted.error(), kRetryAfterSeconds);
    return put_out(head.correlation_id, busy, {});
  }
  request_.payload = payload;
  auto slot =
      std::make_unique<SessionSlot>(anchor(), head.correlation_id, std::move(admitted).value());
  try {
    handler_.handle(request_, std::move(slot));
  } catch (const std::exception& fault) {  // the slot went with it and will answer "unknown"
    context().mailbox->report_fault(fault.what());
  }
}

void TcpSession::answer(std::uint64_t message, Answer answer, AdmissionToken token) {
  if (answer.close || answer.wordless) end_input();
  if (!answer.wordless) return put_out(message, answer.body, std::move(token));
  forget_messages(1);
  flush_soon();
}

void TcpSession::abandon(std::uint64_t message, AdmissionToken token) {
  put_out(message, stand_ins_.unknown(), std::move(token));
}

void TcpSession::put_out(std::uint64_t message, std::string_view payload, AdmissionToken token) {
  append_frame(output(), message, payload);
  end_messages(1, std::move(token));
  flush_soon();
}

}  // namespace gongji::gateway
