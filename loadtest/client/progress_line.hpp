// One line on the terminal that keeps changing while something long runs; on a pipe or in a log it
// becomes a plain line every ten seconds, so nothing fills with control characters. One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace gongji::loadtest {

class ProgressLine {
 public:
  ProgressLine();   // writes to stderr
  ~ProgressLine();  // wipes the line
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // Cheap to call often: shows at most ten times a second.
  void show(const std::string& text);
  // Wipes the line, so that something else can be printed.
  void interrupt();
  // True when show() would draw now: lets a caller skip composing the text.
  [[nodiscard]] bool due() const;

 private:
  void draw(const std::string& text);

  bool terminal_;
  bool open_ = false;  // a line without its newline is on the terminal
  std::chrono::steady_clock::time_point next_;
};

// "[=====>    ]  42 %  1,234,567 lines  98,000/s  12 s left"; `total` 0 = unknown.
std::string progress_text(std::uint64_t done, std::uint64_t total, const char* unit,
                          std::chrono::duration<double> elapsed);
std::string with_thousands(std::uint64_t number);  // "1,234,567"
std::string short_duration(double seconds);        // "48 s", "3 min 05 s", "1 h 12 min"

}  // namespace gongji::loadtest
