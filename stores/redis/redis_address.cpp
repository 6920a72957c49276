#include "stores/redis/redis_address.hpp"

#include <charconv>
#include <optional>

namespace gongji::stores {
namespace {

constexpr std::string_view kScheme = "redis://";

std::optional<int> number_in(std::string_view text, int max) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0 || value > max)
    return std::nullopt;
  return value;
}

}  // namespace

Result<RedisAddress, std::string> parse_redis_url(std::string_view url) {
  using Parsed = Result<RedisAddress, std::string>;
  if (!url.starts_with(kScheme)) return Parsed{std::string{"redis.url must start with redis://"}};
  url.remove_prefix(kScheme.size());
  RedisAddress address;
  if (const std::size_t at = url.rfind('@'); at != std::string_view::npos) {
    const std::string_view login = url.substr(0, at);
    const std::size_t colon = login.find(':');
    if (colon != 0) return Parsed{std::string{"redis.url: only :PASSWORD@ is understood before @"}};
    address.password = login.substr(1);
    url.remove_prefix(at + 1);
  }
  if (const std::size_t slash = url.find('/'); slash != std::string_view::npos) {
    const auto database = number_in(url.substr(slash + 1), 1 << 16);
    if (!database) return Parsed{std::string{"redis.url: the database after / must be a number"}};
    address.database = *database;
    url = url.substr(0, slash);
  }
  if (const std::size_t colon = url.rfind(':'); colon != std::string_view::npos) {
    const auto port = number_in(url.substr(colon + 1), 65'535);
    if (!port || *port == 0) return Parsed{std::string{"redis.url: the port must be 1 to 65535"}};
    address.port = *port;
    url = url.substr(0, colon);
  }
  if (url.empty()) return Parsed{std::string{"redis.url: the host is missing"}};
  address.host = url;
  return address;
}

}  // namespace gongji::stores
