// Cuts a text that comes in pieces into its lines. Ends of lines are LF or CR LF, a byte-order mark
// in front is skipped, the last line needs no end. Holds one line at most.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace gongji::gateway::reconciliation {

class TextLines {
 public:
  // False ends the reading.
  using Visit = std::function<bool(std::string_view line, std::uint64_t number)>;
  explicit TextLines(Visit visit) : visit_(std::move(visit)) {}

  // False once `visit` was, or when a line is longer than kLineBytesMax (it is cut and visited).
  bool take(std::string_view piece);
  bool end();

  static constexpr std::size_t kLineBytesMax = 16 * 1024;

 private:
  bool line(std::string_view text);

  Visit visit_;
  std::string begun_;  // of a line whose end is still to come
  std::uint64_t number_ = 0;
};

}  // namespace gongji::gateway::reconciliation
