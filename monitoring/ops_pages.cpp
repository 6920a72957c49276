#include "monitoring/ops_pages.hpp"

#include <charconv>
#include <cstddef>
#include <optional>

// Made from ops_page/ at build time.
extern const char* const gongji_ops_page;
extern const char* const gongji_ops_page_policy;

namespace gongji::monitoring {
namespace {

OpsResponse plain(unsigned status, std::string body) {
  OpsResponse response;
  response.status = status;
  response.body = std::move(body);
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

OpsResponse with_header(OpsResponse response, std::string name, std::string value) {
  response.headers.emplace_back(std::move(name), std::move(value));
  return response;
}

// Takes as long for a near miss as for a far one.
bool equal_in_constant_time(std::string_view left, std::string_view right) {
  std::size_t difference = left.size() ^ right.size();
  for (std::size_t i = 0; i < left.size(); ++i) {
    const char other = right.empty() ? '\0' : right[i % right.size()];
    difference |= static_cast<unsigned char>(left[i] ^ other);
  }
  return difference == 0;
}

// "verbose", "a=b&verbose", "verbose=1": the value, "" without one; nothing when it is not there.
std::optional<std::string_view> asked_for(std::string_view query, std::string_view word) {
  while (!query.empty()) {
    const std::string_view part = query.substr(0, query.find('&'));
    const std::size_t equals = part.find('=');
    if (part.substr(0, equals) == word)
      return equals == part.npos ? std::string_view{} : part.substr(equals + 1);
    query.remove_prefix(std::min(query.size(), part.size() + 1));
  }
  return std::nullopt;
}

// "[+]journal replayed" and so on, one line each, for people.
std::string verbose_text(const Health& health) {
  std::string text;
  for (std::uint8_t i = 0; i < kObstacleCount; ++i) {
    const auto obstacle = static_cast<Obstacle>(i);
    text += health.has(obstacle) ? "[-] " : "[+] not ";
    text += std::string{to_text(obstacle)} + "\n";
  }
  return text;
}

}  // namespace

const std::vector<OpsPages::Page>& OpsPages::pages() {
  static const std::vector<Page> table{
      {"/metrics", "GET", false, &OpsPages::metrics},
      {"/livez", "GET", true, &OpsPages::live},
      {"/healthz", "GET", true, &OpsPages::live},
      {"/readyz", "GET", true, &OpsPages::ready},
      {"/ops", "GET", true, &OpsPages::page},
      {"/ops/figures.json", "GET", false, &OpsPages::figures},
      {"/admin/drain", "POST", false, &OpsPages::drain},
  };
  return table;
}

OpsPages::OpsPages(Health& health, OpsPorts ports, std::string token)
    : health_(health), ports_(std::move(ports)), token_(std::move(token)) {}

OpsResponse OpsPages::handle(std::string_view method, std::string_view path, std::string_view query,
                             std::string_view authorization) const {
  for (const Page& page : pages()) {
    if (page.path != path) continue;
    if (page.method != method && !(page.method == "GET" && method == "HEAD"))
      return with_header(plain(405, "method not allowed\n"), "Allow", std::string{page.method});
    if (!page.open_to_all && !authorised(authorization))
      return with_header(plain(401, "token needed\n"), "WWW-Authenticate", "Bearer");
    return (this->*page.answer)(query);
  }
  return plain(404, "not found\n");
}

OpsResponse OpsPages::metrics(std::string_view) const {
  OpsResponse response = plain(200, ports_.metrics_text());
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  return response;
}

OpsResponse OpsPages::live(std::string_view) const {
  if (health_.live()) return plain(200, "ok\n");
  return plain(503, std::string{to_text(Obstacle::kJournalFailed)} + "\n");
}

OpsResponse OpsPages::ready(std::string_view query) const {
  const std::vector<Obstacle> obstacles = health_.obstacles();
  const unsigned status = obstacles.empty() ? 200 : 503;
  if (asked_for(query, "verbose"))
    return plain(status, verbose_text(health_) + (obstacles.empty() ? "ready\n" : "not ready\n"));
  if (obstacles.empty()) return plain(status, "ok\n");
  std::string body = "not ready:";
  for (const Obstacle each : obstacles)
    body += (each == obstacles.front() ? " " : ", ") + std::string{to_text(each)};
  return plain(status, body + "\n");
}

// Nothing from elsewhere may be loaded or run in it, whatever slips in.
OpsResponse OpsPages::page(std::string_view) const {
  OpsResponse response = plain(200, gongji_ops_page);
  response.content_type = "text/html; charset=utf-8";
  response.headers.emplace_back("Content-Security-Policy", gongji_ops_page_policy);
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  return response;
}

OpsResponse OpsPages::figures(std::string_view query) const {
  const std::string_view after = asked_for(query, "after").value_or("");
  std::int64_t after_ms = 0;
  std::from_chars(after.data(), after.data() + after.size(), after_ms);
  OpsResponse response = plain(200, ports_.figures_json(after_ms));
  response.content_type = "application/json";
  return response;
}

OpsResponse OpsPages::drain(std::string_view) const {
  health_.draining();
  ports_.drain();
  return plain(202, "draining\n");
}

bool OpsPages::authorised(std::string_view authorization) const {
  return token_.empty() || equal_in_constant_time(authorization, "Bearer " + token_);
}

}  // namespace gongji::monitoring
