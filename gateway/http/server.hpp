// The HTTP server: a Router in front of handlers. The settlement listener and the operator's
// listener are two instances of it. See gateway/server.hpp for its life.
#pragma once

#include "gateway/http/router.hpp"
#include "gateway/server.hpp"

namespace gongji::gateway {

class HttpServer final : public Server {
 public:
  HttpServer(IoLoop& loop, Router router, const GatewayOptions& options, SharedLimits limits,
             Metrics& metrics);

 private:
  std::shared_ptr<Connection> make_connection(Socket socket) override;

  const Router router_;
};

}  // namespace gongji::gateway
