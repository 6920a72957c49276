// One TCP connection that carries frames (frame.hpp), pipelined, answered in any order. Loop thread
// only; see connection.hpp for the life of a connection.
#pragma once

#include "gateway/connection.hpp"
#include "gateway/stand_ins.hpp"
#include "gateway/tcp/frame.hpp"

namespace gongji::gateway {

class TcpSession final : public Connection {
 public:
  TcpSession(Socket socket, TransportContext& context, FrameHandler& handler,
             const StandIns& stand_ins);

  // `message` is the correlation id. Two open messages with the same one are the sender's affair.
  void answer(std::uint64_t message, Answer answer, AdmissionToken token) override;
  void abandon(std::uint64_t message, AdmissionToken token) override;

 private:
  void take_messages() override;
  bool take_frame();
  void dispatch(FrameHead head, std::string_view payload);
  void put_out(std::uint64_t message, std::string_view payload, AdmissionToken token);

  FrameHandler& handler_;
  const StandIns& stand_ins_;
  FrameRequest request_;  // kept, so that a message costs no reference count for its caller
};

}  // namespace gongji::gateway
