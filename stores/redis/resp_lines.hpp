// Commands in the form in which they go to Redis, one behind the other in one piece of memory.
#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stores/redis/redis_request.hpp"

namespace gongji::stores {

class RespLines {
 public:
  void add(const RedisWords& words) {
    begin(words.size());
    for (const std::string& each : words) word(each);
    end();
  }
  // The same word by word: as many as were said.
  void begin(std::size_t words) { head('*', words); }
  void word(std::string_view text, std::string_view more = {}) {
    head('$', text.size() + more.size());
    text_ += text;
    text_ += more;
    text_ += "\r\n";
  }
  void number(std::int64_t number) {
    char digits[20];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    word({digits, static_cast<std::size_t>(end - digits)});
  }
  void end() { ends_.push_back(text_.size()); }
  void clear() {
    text_.clear();
    ends_.clear();
  }
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] std::string_view operator[](std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::string_view{text_}.substr(begin, ends_[i] - begin);
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void head(char kind, std::size_t number) {
    char digits[20];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    text_ += kind;
    text_.append(digits, end);
    text_ += "\r\n";
  }

  std::string text_;
  std::vector<std::size_t> ends_;  // of each command in text_
};

}  // namespace gongji::stores
