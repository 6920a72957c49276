#include "gateway/http/head_scan.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace gongji::gateway {
namespace {

constexpr std::string_view kTooLong = "the request head is longer than allowed";
constexpr std::string_view kTooManyFields = "the request head has more fields than allowed";
constexpr std::string_view kEmptyFirstLine = "an empty line stands before the request line";
constexpr std::string_view kBareLineEnd = "a line does not end in CR LF";
constexpr std::string_view kControl = "the request head contains a control character";
constexpr std::string_view kFolded = "a header line is folded or begins with white space";

constexpr bool is_control(char letter) {
  const auto code = static_cast<unsigned char>(letter);
  return code < 0x20 || code == 0x7f;
}

// Whether one of the eight bytes is a control character, without looking at each.
bool eight_hold_control(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  const std::uint64_t below_space = (word - kOnes * 0x20) & ~word;
  const std::uint64_t delete_sign = word ^ (kOnes * 0x7f);
  const std::uint64_t is_delete = (delete_sign - kOnes) & ~delete_sign;
  return ((below_space | is_delete) & (kOnes * 0x80)) != 0;
}

std::size_t next_control(std::string_view bytes, std::size_t position) {
  while (position < bytes.size()) {
    if (bytes.size() - position >= 8 && !eight_hold_control(bytes.data() + position)) {
      position += 8;
      continue;
    }
    const std::size_t end = std::min(bytes.size(), position + 8);
    for (; position < end; ++position) {
      if (is_control(bytes[position])) return position;
    }
  }
  return bytes.size();
}

}  // namespace

HeadScan::Verdict HeadScan::look(std::string_view bytes) {
  const bool cut = bytes.size() > limits_.bytes_max;
  if (cut) bytes = bytes.substr(0, limits_.bytes_max);
  const Verdict more = cut ? Verdict{0, kTooLong} : Verdict{};
  for (;;) {
    if (position_ == line_begin_ && lines_ != 0 && position_ < bytes.size() &&
        (bytes[position_] == ' ' || bytes[position_] == '\t')) {
      return {0, kFolded};
    }
    position_ = next_control(bytes, position_);
    if (position_ == bytes.size()) return more;
    const char control = bytes[position_];
    if (control == '\t') {
      ++position_;
      continue;
    }
    if (control == '\n') return {0, kBareLineEnd};
    if (control != '\r') return {0, kControl};
    if (position_ + 1 == bytes.size()) return more;
    if (bytes[position_ + 1] != '\n') return {0, kBareLineEnd};
    const bool empty_line = position_ == line_begin_;
    position_ += 2;
    if (empty_line && lines_ == 0) return {0, kEmptyFirstLine};
    if (empty_line) return {position_, {}};
    line_begin_ = position_;
    if (++lines_ > limits_.fields_max + 1) return {0, kTooManyFields};
  }
}

}  // namespace gongji::gateway
