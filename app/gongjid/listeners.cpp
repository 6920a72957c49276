#include "app/gongjid/listeners.hpp"

#include <string_view>
#include <utility>

#include "gateway/rest/problem.hpp"
#include "gateway/stand_ins.hpp"
#include "gateway/wire/stand_in_bodies.hpp"
#include "ports/log.hpp"

namespace gongji::app {
namespace {

using gateway::Endpoint;

constexpr unsigned kUploadsMax = 4;  // large bodies that arrive at once

void log_fault(std::string_view what) {
  log_event(LogLevel::kError, "loop_fault", "An exception ended one message or connection.",
            {{"error", what}});
}

// Whatever happens on the national interface, the caller gets an envelope.
gateway::StandIns envelope_stand_ins() {
  gateway::StandIns texts = gateway::plain_stand_ins();
  texts.content_type = "application/json;charset=utf-8";
  texts.unknown_status = 200;
  texts.busy = gateway::wire::busy_body;
  texts.unknown = gateway::wire::unknown_body;
  texts.rejected = gateway::wire::rejected_body;
  return texts;
}

// The interface for apps and agencies speaks problem documents whatever happens.
gateway::StandIns problem_stand_ins() {
  gateway::StandIns texts = gateway::plain_stand_ins();
  texts.content_type = "application/problem+json";
  texts.busy = gateway::rest::busy_problem;
  texts.unknown = gateway::rest::unknown_problem;
  texts.rejected = gateway::rest::rejected_problem;
  return texts;
}

gateway::Router business_router(gateway::wire::NationalWire& wire, gateway::rest::RestApi& rest) {
  gateway::Router router;
  router.add({"/fsi/api", {"POST"}, &wire, envelope_stand_ins(), false, &wire});
  router.add({"/v1/import", {"POST"}, &rest, problem_stand_ins(), true});
  router.add({"/v1", {"GET", "POST", "PUT", "PATCH", "DELETE"}, &rest, problem_stand_ins()});
  return router;
}

gateway::Router ops_router(gateway::HttpHandler& pages) {
  gateway::Router router;
  for (const char* page : {"/metrics", "/livez", "/readyz", "/healthz", "/ops"})
    router.add({page, {"GET", "HEAD"}, &pages});
  router.add({"/admin", {"POST"}, &pages});
  return router;
}

gateway::SharedLimits shared_limits(const gateway::GatewayOptions& options, Metrics& metrics) {
  return {std::make_shared<gateway::Admission>(options.inflight_max, metrics, kUploadsMax,
                                               options.wait_max_ms),
          std::make_shared<gateway::SessionGate>(options.connections_max)};
}

}  // namespace

std::string to_text(const Endpoint& endpoint) {
  const bool v6 = endpoint.address.find(':') != std::string::npos;
  const std::string host = v6 ? "[" + endpoint.address + "]" : endpoint.address;
  return host + ":" + std::to_string(endpoint.port);
}

BusinessListeners::BusinessListeners(const gateway::GatewayOptions& options,
                                     gateway::wire::NationalWire& wire,
                                     gateway::rest::RestApi& rest, Metrics& metrics,
                                     std::shared_ptr<const gateway::tls::TlsSource> tls)
    : options_(options), limits_(shared_limits(options, metrics)) {
  limits_.tls = std::move(tls);
  for (unsigned i = 0; i < options.loop_threads; ++i) {
    auto loop = std::make_unique<gateway::IoLoop>("io-" + std::to_string(i), log_fault);
    http_.push_back(std::make_unique<gateway::HttpServer>(*loop, business_router(wire, rest),
                                                          options, limits_, metrics));
    tcp_.push_back(std::make_unique<gateway::TcpServer>(*loop, wire, envelope_stand_ins(), options,
                                                        limits_, metrics));
    loops_.push_back(std::move(loop));
  }
}

BusinessListeners::~BusinessListeners() { stop(); }

Result<BusinessListeners::Addresses, std::string> BusinessListeners::start() {
  Endpoint http = options_.http;
  Endpoint tcp = options_.tcp;
  for (std::size_t i = 0; i < loops_.size(); ++i) {  // the first pick of port 0 is everybody's
    auto bound_http = http_[i]->listen(http);
    if (!bound_http) return bound_http.error();
    auto bound_tcp = tcp_[i]->listen(tcp);
    if (!bound_tcp) return bound_tcp.error();
    http = *bound_http;
    tcp = *bound_tcp;
  }
  for (const auto& loop : loops_) loop->start();
  return Addresses{to_text(http), to_text(tcp)};
}

void BusinessListeners::send_away() {
  for (const auto& server : http_) server->send_away();
}

void BusinessListeners::drain(std::chrono::milliseconds cut_after) {
  refuse_new_work();
  limits_.gate->close();
  for (const auto& server : http_) server->begin_drain(cut_after);
  for (const auto& server : tcp_) server->begin_drain(cut_after);
  if (!limits_.gate->wait_drained(cut_after + std::chrono::seconds{1}))
    log_event(LogLevel::kWarn, "drain_cut", "Connections did not end in time and were cut.",
              {{"connections", limits_.gate->sessions()}});
}

void BusinessListeners::stop() {
  for (const auto& loop : loops_) loop->stop();
}

OpsListener::OpsListener(gateway::HttpHandler& pages, Metrics& metrics)
    : limits_(shared_limits(options_, metrics)),
      loop_("ops", log_fault),
      server_(loop_, ops_router(pages), options_, limits_, metrics) {}

OpsListener::~OpsListener() { stop(); }

void OpsListener::stop() {
  if (std::exchange(stopped_, true)) return;
  server_.begin_drain(std::chrono::milliseconds{0});
  limits_.gate->close();
  (void)limits_.gate->wait_drained(std::chrono::milliseconds{500});
  loop_.stop();
}

Result<Endpoint, std::string> OpsListener::start(const Endpoint& endpoint) {
  auto bound = server_.listen(endpoint);
  if (!bound) return bound.error();
  loop_.start();
  return bound;
}

}  // namespace gongji::app
