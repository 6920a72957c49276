#include "loadtest/client/progress_line.hpp"

#include <unistd.h>

#include <cstdio>

namespace gongji::loadtest {
namespace {

using std::chrono::steady_clock;
constexpr auto kTerminalPause = std::chrono::milliseconds{100};
constexpr auto kLogPause = std::chrono::seconds{10};
constexpr unsigned kBarCells = 24;

std::string bar(double share) {
  std::string cells(kBarCells, ' ');
  const auto full = static_cast<unsigned>(share * kBarCells);
  for (unsigned i = 0; i < full && i < kBarCells; ++i) cells[i] = '=';
  if (full < kBarCells) cells[full] = '>';
  return "[" + cells + "]";
}

}  // namespace

ProgressLine::ProgressLine()
    : terminal_(isatty(STDERR_FILENO) == 1),
      next_(terminal_ ? steady_clock::now() : steady_clock::now() + kLogPause) {}

ProgressLine::~ProgressLine() { interrupt(); }

bool ProgressLine::due() const { return steady_clock::now() >= next_; }

void ProgressLine::show(const std::string& text) {
  if (!due()) return;
  draw(text);
  next_ = steady_clock::now() + (terminal_ ? steady_clock::duration{kTerminalPause} : kLogPause);
}

void ProgressLine::interrupt() {
  if (open_) std::fputs("\r\033[K", stderr);
  std::fflush(stderr);
  open_ = false;
}

void ProgressLine::draw(const std::string& text) {
  // "\033[K" clears what a longer line before left behind.
  std::fprintf(stderr, terminal_ ? "\r%s\033[K" : "%s\n", text.c_str());
  std::fflush(stderr);
  open_ = terminal_;
}

std::string with_thousands(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, 1, ',');
  return digits;
}

std::string short_duration(double seconds) {
  const auto whole = static_cast<std::uint64_t>(seconds < 0 ? 0 : seconds + 0.5);
  const auto padded = [](std::uint64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  if (whole < 60) return std::to_string(whole) + " s";
  if (whole < 3600) return std::to_string(whole / 60) + " min " + padded(whole % 60) + " s";
  return std::to_string(whole / 3600) + " h " + padded(whole / 60 % 60) + " min";
}

std::string progress_text(std::uint64_t done, std::uint64_t total, const char* unit,
                          std::chrono::duration<double> elapsed) {
  const double rate = elapsed.count() > 0 ? static_cast<double>(done) / elapsed.count() : 0;
  std::string text;
  if (total > 0) {
    const double share = static_cast<double>(done) / static_cast<double>(total);
    text = bar(share) + " " + std::to_string(static_cast<int>(share * 100)) + " %  ";
  }
  text += with_thousands(done) + " " + unit + "  ";
  text += with_thousands(static_cast<std::uint64_t>(rate)) + "/s";
  if (total > done && rate > 0)
    text += "  " + short_duration(static_cast<double>(total - done) / rate) + " left";
  return text;
}

}  // namespace gongji::loadtest
