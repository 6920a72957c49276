// The TCP server: frames in front of one handler. See gateway/server.hpp for its life.
#pragma once

#include "gateway/server.hpp"
#include "gateway/stand_ins.hpp"

namespace gongji::gateway {

class TcpServer final : public Server {
 public:
  // `handler` outlives the server. Of the stand-ins, busy and unknown are used.
  TcpServer(IoLoop& loop, FrameHandler& handler, StandIns stand_ins, const GatewayOptions& options,
            SharedLimits limits, Metrics& metrics);

 private:
  std::shared_ptr<Connection> make_connection(Socket socket) override;

  FrameHandler& handler_;
  const StandIns stand_ins_;
};

}  // namespace gongji::gateway
