// What a transport guarantees: bytes that may be read some way beyond their end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/exchange.hpp"

namespace gongji::fuzz {

class Padded {
 public:
  Padded(const std::uint8_t* data, std::size_t size)
      : bytes_(reinterpret_cast<const char*>(data), size), size_(size) {
    bytes_.append(gateway::kReadablePadding, '\0');
  }
  [[nodiscard]] std::string_view text() const { return {bytes_.data(), size_}; }

 private:
  std::string bytes_;
  std::size_t size_;
};

}  // namespace gongji::fuzz
