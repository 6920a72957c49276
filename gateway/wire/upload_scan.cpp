#include "gateway/wire/upload_scan.hpp"

#include <algorithm>

namespace gongji::gateway::wire {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

// `text` without the word at its end, spaces before it taken off; false when it ends otherwise.
bool drop_end(std::string_view& text, std::string_view word) {
  if (!text.ends_with(word)) return false;
  text.remove_suffix(word.size());
  return true;
}

void drop_spaces(std::string_view& text) {
  const std::size_t last = text.find_last_not_of(kSpaces);
  text = text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

}  // namespace

bool UploadScan::take(std::string_view piece) {
  const bool fits = take_text(piece);
  file_hash_.add(unhashed_);
  unhashed_.clear();
  return fits;
}

bool UploadScan::take_text(std::string_view piece) {
  while (!piece.empty()) {
    if (in_array_) {
      piece.remove_prefix(take_array(piece));
      continue;
    }
    const std::size_t bracket = std::min(piece.find('['), piece.size());
    rest_ += piece.substr(0, bracket);
    piece.remove_prefix(bracket);
    if (rest_.size() > rest_bytes_max_) return false;
    if (piece.empty()) return true;
    if (file_begins_here()) {
      in_array_ = true;
      ++arrays_;
    }
    rest_ += '[';
    piece.remove_prefix(1);
  }
  return true;
}

// Behind "in": or, inside a JSON text, behind \"in\":
bool UploadScan::file_begins_here() const {
  std::string_view before = rest_;
  drop_spaces(before);
  if (!drop_end(before, ":")) return false;
  drop_spaces(before);
  return before.ends_with("\"in\"") || before.ends_with("\\\"in\\\"");
}

// The closing bracket is left to the rest of the message.
std::size_t UploadScan::take_array(std::string_view piece) {
  for (std::size_t i = 0; i < piece.size(); ++i) {
    if (piece[i] != ']') {
      take_array_byte(piece[i]);
      continue;
    }
    broken_ = broken_ || comma_last_;
    end_number();
    in_array_ = false;
    return i;
  }
  return piece.size();
}

void UploadScan::take_array_byte(char byte) {
  constexpr unsigned kDigitsMax = 3;
  if (byte >= '0' && byte <= '9') {
    broken_ = broken_ || number_ended_ || ++digits_ > kDigitsMax;
    if (!broken_) number_ = number_ * 10 + static_cast<unsigned>(byte - '0');
    comma_last_ = false;
  } else if (byte == ',') {
    broken_ = broken_ || digits_ == 0;
    end_number();
    comma_last_ = true;
  } else if (byte == '-' && digits_ == 0 && !negative_) {
    negative_ = true;
  } else if (kSpaces.find(byte) == std::string_view::npos) {
    broken_ = true;
  } else {
    number_ended_ = digits_ != 0;
  }
}

void UploadScan::end_number() {
  constexpr unsigned kByteMax = 255;
  constexpr unsigned kByteMin = 128;
  broken_ = broken_ || number_ > (negative_ ? kByteMin : kByteMax) || (negative_ && digits_ == 0);
  if (digits_ != 0 && !broken_) {
    const char byte = static_cast<char>(negative_ ? 256 - number_ : number_);
    file_.add(byte);
    unhashed_ += byte;
  }
  number_ = digits_ = 0;
  negative_ = number_ended_ = false;
}

}  // namespace gongji::gateway::wire
