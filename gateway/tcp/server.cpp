#include "gateway/tcp/server.hpp"

#include <utility>

#include "gateway/tcp/session.hpp"

namespace gongji::gateway {

TcpServer::TcpServer(IoLoop& loop, FrameHandler& handler, StandIns stand_ins,
                     const GatewayOptions& options, SharedLimits limits, Metrics& metrics)
    : Server(loop, Transport::kTcp, options, std::move(limits), metrics),
      handler_(handler),
      stand_ins_(std::move(stand_ins)) {}

std::shared_ptr<Connection> TcpServer::make_connection(Socket socket) {
  return std::make_shared<TcpSession>(std::move(socket), context(), handler_, stand_ins_);
}

}  // namespace gongji::gateway
