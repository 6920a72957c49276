// Text in aligned columns for the terminal. Chinese characters count as two columns wide.
#pragma once

#include <string>
#include <vector>

namespace gongji::ctl {

class Table {
 public:
  // Without header line when all names are empty.
  explicit Table(std::vector<std::string> names);

  void right_align(std::size_t column);
  void add(std::vector<std::string> cells);
  [[nodiscard]] std::string text() const;

 private:
  void append_row(std::string& out, const std::vector<std::string>& cells,
                  const std::vector<std::size_t>& widths) const;

  std::vector<std::string> names_;
  std::vector<std::vector<std::string>> rows_;
  std::vector<bool> right_;
};

// Columns the UTF-8 text takes on a terminal.
std::size_t display_width(const std::string& text);

}  // namespace gongji::ctl
