// Where a gateway listens, as people write it: "127.0.0.1:8080", "[::1]:8080",
// "http://127.0.0.1:8080". Values; errors are sentences for the terminal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "domain/result.hpp"

namespace gongji::loadtest {

struct Address {
  std::string host;
  std::uint16_t port = 0;

  [[nodiscard]] std::string text() const;  // "127.0.0.1:8080"; what the Host header carries
  bool operator==(const Address&) const = default;
};

// With or without "http://" in front; a path behind the port is refused.
Result<Address, std::string> parse_address(std::string_view text);

}  // namespace gongji::loadtest
