// Reads the language of the rule tables: one line per step, what is expected after a bar. Empty
// lines and lines that open with # are skipped. story.hpp says what the steps mean.
//
//   == W08 First come, first served [SH-23]
//   Shanghai
//   person father employee carryover 300.00
//   bill kid 250.00                            | 0 / 250.00 / 0
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "domain/money.hpp"
#include "domain/time.hpp"

namespace gongji::test {

struct Step {
  unsigned line = 0;
  std::string text;  // as written
  std::vector<std::string> words;
  std::vector<std::string> expected;  // after the bar; amounts with two decimals, slashes dropped
};

struct Example {
  std::string name;   // "W08"
  std::string title;  // "First come, first served"
  std::vector<std::string> rules;
  std::vector<Step> steps;
};

// A step that cannot be read: the table is wrong, not the product.
struct BadStep : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::vector<Step> read_steps(std::string_view text);
std::vector<Example> read_examples(std::string_view text);

// Hands out the words of one step in order.
class Words {
 public:
  explicit Words(const std::vector<std::string>& words) : words_(words) {}

  [[nodiscard]] bool done() const { return next_ == words_.size(); }
  [[nodiscard]] std::string peek() const { return done() ? std::string{} : words_[next_]; }
  std::string word(std::string_view what);
  bool take(std::string_view literal);  // consumes the word when it is that one
  Fen amount();
  CivilDate date();
  void end() const;  // throws when words are left over

 private:
  const std::vector<std::string>& words_;
  std::size_t next_ = 0;
};

}  // namespace gongji::test
