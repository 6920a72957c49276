#include "loadtest/client/address.hpp"

#include <charconv>

namespace gongji::loadtest {
namespace {

std::string complaint(std::string_view text) {
  return "'" + std::string{text} + "' is not an address; write it like 127.0.0.1:8080";
}

}  // namespace

std::string Address::text() const {
  const bool is_v6 = host.find(':') != std::string::npos;
  return (is_v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

Result<Address, std::string> parse_address(std::string_view text) {
  std::string_view rest = text;
  if (rest.starts_with("http://")) rest.remove_prefix(7);
  if (rest.ends_with('/')) rest.remove_suffix(1);
  const auto colon = rest.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return complaint(text);
  std::string_view host = rest.substr(0, colon);
  if (host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  const std::string_view digits = rest.substr(colon + 1);
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc{} || end != digits.data() + digits.size() || port == 0 || host.empty())
    return complaint(text);
  return Address{std::string{host}, port};
}

}  // namespace gongji::loadtest
