#include "tests/domain/support/story_reader.hpp"

#include <sstream>

#include "tests/domain/support/yuan.hpp"

namespace gongji::test {
namespace {

bool is_amount(const std::string& word) {
  return !word.empty() && word[0] >= '0' && word[0] <= '9' &&
         word.find_first_not_of("0123456789.") == std::string::npos;
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in{text};
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::vector<std::string> expectation_of(const std::string& text) {
  std::vector<std::string> expected;
  for (const std::string& word : words_of(text)) {
    if (word == "/") continue;
    expected.push_back(is_amount(word) ? to_yuan_text(yuan(word)) : word);
  }
  return expected;
}

std::string trimmed(const std::string& line) {
  const std::size_t first = line.find_first_not_of(" \t\r");
  if (first == std::string::npos) return {};
  return line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
}

Step read_step(unsigned line, const std::string& text) {
  const std::size_t bar = text.find('|');
  Step step{line, text, words_of(text.substr(0, bar)), {}};
  if (bar != std::string::npos) step.expected = expectation_of(text.substr(bar + 1));
  if (step.words.empty() || (bar != std::string::npos && step.expected.empty()))
    throw BadStep{"line " + std::to_string(line) + ": nothing beside the bar"};
  return step;
}

// "== W08 First come, first served [SH-23, GX-05]"
Example read_heading(unsigned line, const std::string& text) {
  const std::size_t open = text.find('[');
  const std::size_t close = text.find(']');
  std::istringstream head{text.substr(2, open - 2)};
  Example example;
  head >> example.name;
  std::getline(head >> std::ws, example.title);
  if (example.title.empty() || open == std::string::npos || close != text.size() - 1)
    throw BadStep{"line " + std::to_string(line) + ": == NAME title [RULES] expected"};
  example.title = trimmed(example.title);
  std::string rules = text.substr(open + 1, close - open - 1);
  for (char& c : rules)
    if (c == ',') c = ' ';
  example.rules = words_of(rules);
  return example;
}

}  // namespace

std::vector<Example> read_examples(std::string_view text) {
  std::istringstream in{std::string{text}};
  std::vector<Example> examples(1);  // the first, without a name, holds what stands before headings
  unsigned number = 0;
  for (std::string raw; std::getline(in, raw);) {
    ++number;
    const std::string line = trimmed(raw);
    if (line.empty() || line[0] == '#') continue;
    if (line.rfind("==", 0) == 0)
      examples.push_back(read_heading(number, line));
    else
      examples.back().steps.push_back(read_step(number, line));
  }
  return examples;
}

std::vector<Step> read_steps(std::string_view text) { return read_examples(text).front().steps; }

std::string Words::word(std::string_view what) {
  if (done()) throw BadStep{std::string{what} + " expected at the end"};
  return words_[next_++];
}

bool Words::take(std::string_view literal) {
  if (done() || words_[next_] != literal) return false;
  ++next_;
  return true;
}

Fen Words::amount() { return yuan(word("an amount")); }
CivilDate Words::date() { return day(word("a date")); }

void Words::end() const {
  if (!done()) throw BadStep{"not understood: " + words_[next_]};
}

}  // namespace gongji::test
