// The two business listeners (HTTP and TCP) on their loops, and the operator's listener on a loop
// of its own, so that health and metrics answer while business loops are busy.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "domain/result.hpp"
#include "gateway/http/server.hpp"
#include "gateway/io_loop.hpp"
#include "gateway/rest/rest_api.hpp"
#include "gateway/tcp/server.hpp"
#include "gateway/wire/national_wire.hpp"

namespace gongji::app {

// "127.0.0.1:8080", "[::1]:8080".
std::string to_text(const gateway::Endpoint& endpoint);

class BusinessListeners {
 public:
  // Handlers and metrics outlive this object. `tls` null: plain listeners.
  BusinessListeners(const gateway::GatewayOptions& options, gateway::wire::NationalWire& wire,
                    gateway::rest::RestApi& rest, Metrics& metrics,
                    std::shared_ptr<const gateway::tls::TlsSource> tls);
  ~BusinessListeners();

  struct Addresses {
    std::string http;
    std::string tcp;
  };
  // Once. The error is a sentence for the operator.
  Result<Addresses, std::string> start();

  [[nodiscard]] unsigned inflight_limit() const { return limits_.admission->limit(); }
  void refuse_new_work() { limits_.admission->begin_drain(); }
  void send_away();  // HTTP clients, while everything is still served (gateway/server.hpp)
  // Blocks until every connection is done or `cut_after` has passed (then they are cut).
  void drain(std::chrono::milliseconds cut_after);
  void stop();  // ends the loops; after drain()

 private:
  const gateway::GatewayOptions options_;
  gateway::SharedLimits limits_;
  std::vector<std::unique_ptr<gateway::IoLoop>> loops_;
  std::vector<std::unique_ptr<gateway::HttpServer>> http_;
  std::vector<std::unique_ptr<gateway::TcpServer>> tcp_;
};

class OpsListener {
 public:
  OpsListener(gateway::HttpHandler& pages, Metrics& metrics);
  ~OpsListener();  // stops
  Result<gateway::Endpoint, std::string> start(const gateway::Endpoint& endpoint);
  void stop();  // idempotent; no page is asked for after it

 private:
  gateway::GatewayOptions options_;
  gateway::SharedLimits limits_;
  gateway::IoLoop loop_;
  gateway::HttpServer server_;
  bool stopped_ = false;
};

}  // namespace gongji::app
