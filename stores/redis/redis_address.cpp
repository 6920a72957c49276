#include "stores/redis/redis_address.hpp"

#include <array>
#include <charconv>
#include <optional>

namespace gongji::stores {
namespace {

struct Scheme {
  std::string_view text;
  RedisKind kind;
  std::uint16_t port;
};
constexpr std::array kSchemes{
    Scheme{"redis://", RedisKind::kSingle, 6379},
    Scheme{"redis+sentinel://", RedisKind::kSentinel, 26379},
    Scheme{"redis+cluster://", RedisKind::kCluster, 6379},
};

struct Fault {
  std::string what;
};

template <class Number>
Number number_in(std::string_view text, Number max, const char* complaint) {
  Number value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value > max)
    throw Fault{complaint};
  return value;
}

std::string decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain += text[i];
      continue;
    }
    unsigned code = 0;
    const char* digits = text.data() + i + 1;
    if (i + 2 >= text.size() || std::from_chars(digits, digits + 2, code, 16).ptr != digits + 2)
      throw Fault{"% in the user or password must be followed by two hexadecimal digits"};
    plain += static_cast<char>(code);
    i += 2;
  }
  return plain;
}

// What stands before the separator, which is taken off `text` with it.
std::optional<std::string_view> take_before(std::string_view& text, std::size_t at) {
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view before = text.substr(0, at);
  text.remove_prefix(at + 1);
  return before;
}

void read_login(RedisTarget& target, std::string_view login) {
  const std::size_t colon = login.find(':');
  if (colon == std::string_view::npos)
    throw Fault{"before @ stands USER:PASSWORD or :PASSWORD; the colon is missing"};
  target.user = decoded(login.substr(0, colon));
  target.password = decoded(login.substr(colon + 1));
  if (target.password.empty()) throw Fault{"the password before @ is empty"};
}

RedisAddress address_in(std::string_view text, std::uint16_t port) {
  RedisAddress address{"", port};
  const std::size_t bracket = text.find(']');  // [::1]:6379
  const std::size_t colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (colon != std::string_view::npos) {
    address.port = number_in<std::uint16_t>(text.substr(colon + 1), 65'535,
                                            "a port must be a number from 1 to 65535");
    if (address.port == 0) throw Fault{"a port must be a number from 1 to 65535"};
    text = text.substr(0, colon);
  }
  if (bracket != std::string_view::npos) text = text.substr(1, bracket - 1);
  if (text.empty()) throw Fault{"a host is missing"};
  address.host = text;
  return address;
}

void read_hosts(RedisTarget& target, std::string_view hosts, std::uint16_t port) {
  while (const auto host = take_before(hosts, hosts.find(',')))
    target.hosts.push_back(address_in(*host, port));
  target.hosts.push_back(address_in(hosts, port));
  if (target.kind == RedisKind::kSingle && target.hosts.size() > 1)
    throw Fault{"this form names one server; several are sentinels or a cluster"};
}

void read_path(RedisTarget& target, std::string_view path) {
  if (target.kind == RedisKind::kSentinel) {
    const auto master = take_before(path, path.find('/'));
    target.master = master.value_or(path);
    if (!master) path = {};
    if (target.master.empty()) throw Fault{"the name of the master after the hosts is missing"};
  }
  if (path.empty()) return;
  target.database = number_in<unsigned>(path, 1U << 16U, "the database after / must be a number");
  if (target.kind == RedisKind::kCluster && target.database != 0)
    throw Fault{"a cluster has database 0 only"};
}

RedisTarget read(std::string_view url) {
  if (url.starts_with("rediss://"))
    throw Fault{"TLS is not spoken here: put stunnel between and name its local end"};
  for (const Scheme& scheme : kSchemes) {
    if (!url.starts_with(scheme.text)) continue;
    url.remove_prefix(scheme.text.size());
    RedisTarget target;
    target.kind = scheme.kind;
    if (const auto login = take_before(url, url.rfind('@'))) read_login(target, *login);
    const std::size_t slash = url.find('/');
    const std::string_view path =
        slash == std::string_view::npos ? std::string_view{} : url.substr(slash + 1);
    read_hosts(target, url.substr(0, slash), scheme.port);
    read_path(target, path);
    return target;
  }
  throw Fault{"it must start with redis:// or redis+sentinel:// or redis+cluster://"};
}

}  // namespace

Result<RedisTarget, std::string> parse_redis_url(std::string_view url) {
  try {
    return read(url);
  } catch (const Fault& fault) {
    return "redis.url: " + fault.what;
  }
}

}  // namespace gongji::stores
