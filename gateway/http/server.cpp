#include "gateway/http/server.hpp"

#include <utility>

#include "gateway/http/session.hpp"

namespace gongji::gateway {

HttpServer::HttpServer(IoLoop& loop, Router router, const GatewayOptions& options,
                       SharedLimits limits, Metrics& metrics)
    : Server(loop, Transport::kHttp, options, std::move(limits), metrics),
      router_(std::move(router)) {}

std::shared_ptr<Connection> HttpServer::make_connection(Socket socket) {
  return std::make_shared<HttpSession>(std::move(socket), context(), router_);
}

}  // namespace gongji::gateway
