// Finds the end of a request head in bytes that arrive piece by piece, and refuses at once what
// must never be guessed about: the raw rules of the framing guard (docs: gateway/README.md). Two
// programs that read such bytes differently can be played against each other (request smuggling),
// so there is no leniency here.
#pragma once

#include <cstddef>
#include <string_view>

namespace gongji::gateway {

struct HeadLimits {
  std::size_t bytes_max = 8 * 1024;
  std::size_t fields_max = 64;
};

class HeadScan {
 public:
  struct Verdict {
    std::size_t head_bytes = 0;    // the whole head with its empty line; 0 = more bytes needed
    std::string_view broken_rule;  // not empty: answer 400 and close
  };

  explicit HeadScan(HeadLimits limits) : limits_(limits) {}

  // `bytes` begins with the head and holds at least what the last call had. Each byte is looked at
  // once however it arrives.
  [[nodiscard]] Verdict look(std::string_view bytes);
  void restart() { *this = HeadScan(limits_); }

 private:
  HeadLimits limits_;
  std::size_t line_begin_ = 0;
  std::size_t position_ = 0;  // everything before it has been looked at
  std::size_t lines_ = 0;
};

}  // namespace gongji::gateway
