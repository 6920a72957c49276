#include "monitoring/ops_pages.hpp"

#include <cstddef>

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

// "verbose", "a=b&verbose", "verbose=1"
bool asks_for(std::string_view query, std::string_view word) {
  while (!query.empty()) {
    const std::string_view part = query.substr(0, query.find('&'));
    if (part.substr(0, part.find('=')) == word) return true;
    query.remove_prefix(std::min(query.size(), part.size() + 1));
  }
  return false;
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
      {"/metrics", "GET", false, &OpsPages::metrics},    {"/livez", "GET", true, &OpsPages::live},
      {"/healthz", "GET", true, &OpsPages::live},        {"/readyz", "GET", true, &OpsPages::ready},
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
    if (!page.is_probe && !authorised(authorization))
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
  if (asks_for(query, "verbose"))
    return plain(status, verbose_text(health_) + (obstacles.empty() ? "ready\n" : "not ready\n"));
  if (obstacles.empty()) return plain(status, "ok\n");
  std::string body = "not ready:";
  for (const Obstacle each : obstacles)
    body += (each == obstacles.front() ? " " : ", ") + std::string{to_text(each)};
  return plain(status, body + "\n");
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
