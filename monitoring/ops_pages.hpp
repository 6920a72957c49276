// What the ops listener answers, without a socket: app/ mounts it on an HTTP server.
//   GET  /metrics           Prometheus text
//   GET  /livez, /healthz   200 or 503: restart me?
//   GET  /readyz            200 or 503: send traffic?  ?verbose lists what was looked at
//   GET  /ops               the built-in page; holds no figures itself, so no token is asked for it
//   GET  /ops/figures.json  what it shows (docs/ops_page.md); ?after=MS: the history from there on
//   POST /admin/drain       turns /readyz red at once and finishes what is in flight
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "monitoring/health.hpp"

namespace gongji::monitoring {

struct OpsResponse {
  unsigned status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

struct OpsPorts {
  std::function<std::string()> metrics_text;
  std::function<void()> drain;  // must return at once and be harmless when repeated
  std::function<std::string(std::int64_t after_ms)> figures_json;
};

class OpsPages {
 public:
  // `health` outlives the pages. `token` "" = none asked; otherwise everything but the probes wants
  // "Authorization: Bearer <token>".
  OpsPages(Health& health, OpsPorts ports, std::string token = "");

  // Any thread. `path` without and `query` after the "?"; `authorization` is the header as sent.
  [[nodiscard]] OpsResponse handle(std::string_view method, std::string_view path,
                                   std::string_view query,
                                   std::string_view authorization = "") const;

 private:
  [[nodiscard]] OpsResponse metrics(std::string_view query) const;
  [[nodiscard]] OpsResponse live(std::string_view query) const;
  [[nodiscard]] OpsResponse ready(std::string_view query) const;
  [[nodiscard]] OpsResponse page(std::string_view query) const;
  [[nodiscard]] OpsResponse figures(std::string_view query) const;
  [[nodiscard]] OpsResponse drain(std::string_view query) const;
  [[nodiscard]] bool authorised(std::string_view authorization) const;

  struct Page {
    std::string_view path;
    std::string_view method;
    bool open_to_all;  // also when a token is asked for everything else
    OpsResponse (OpsPages::*answer)(std::string_view query) const;
  };
  static const std::vector<Page>& pages();

  Health& health_;
  OpsPorts ports_;
  std::string token_;
};

}  // namespace gongji::monitoring
