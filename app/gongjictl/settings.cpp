#include "app/gongjictl/settings.hpp"

#include <cstdio>

namespace gongji::ctl {
namespace {

constexpr std::chrono::seconds kTimeout{120};

Result<HttpClient, std::string> client(const std::string& url, const std::string& token_file,
                                       const std::string& channel,
                                       std::chrono::milliseconds timeout_ms) {
  auto address = loadtest::parse_address(url);
  if (!address) return address.error();
  auto http = std::make_unique<loadtest::BlockingHttp>(*address, timeout_ms);
  if (!token_file.empty()) {
    const auto token = loadtest::read_token_file(token_file);
    if (!token) return token.error();
    http->set_header("Authorization", "Bearer " + token->text);
  }
  http->set_header("X-Operator", "gongjictl");
  http->set_header("X-Channel", channel);
  return http;
}

}  // namespace

Result<HttpClient, std::string> gateway_client(const Settings& settings,
                                               const std::string& channel) {
  return client(settings.url, settings.token_file, channel, kTimeout);
}

Result<HttpClient, std::string> ops_client(const Settings& settings) {
  return ops_client(settings, kTimeout);
}

Result<HttpClient, std::string> ops_client(const Settings& settings,
                                           std::chrono::milliseconds timeout_ms) {
  return client(settings.ops_url, settings.token_file, "ops", timeout_ms);
}

void fail(Settings& settings, const std::string& sentence) {
  std::fprintf(stderr, "gongjictl: %s\n", sentence.c_str());
  settings.exit_code = 1;
}

std::string url_escaped(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '~';
    const auto byte = static_cast<unsigned char>(c);
    if (plain)
      safe += c;
    else
      safe += {'%', "0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 15]};
  }
  return safe;
}

}  // namespace gongji::ctl
