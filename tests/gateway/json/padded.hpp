// Text with the readable bytes beyond its end that JSON reading needs. They are hostile on purpose:
// a reader that uses them gives another answer.
#pragma once

#include <string>
#include <string_view>

#include "gateway/exchange.hpp"

namespace gongji::gateway::testing {

class Padded {
 public:
  explicit Padded(std::string_view text) : buffer_(text), size_(text.size()) {
    buffer_.append(kReadablePadding, '9');
  }
  [[nodiscard]] std::string_view view() const { return std::string_view{buffer_}.substr(0, size_); }

 private:
  std::string buffer_;
  std::size_t size_;
};

}  // namespace gongji::gateway::testing
