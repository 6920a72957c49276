#include "app/gongjictl/table.hpp"

#include <algorithm>

namespace gongji::ctl {

Table::Table(std::vector<std::string> names) : names_(std::move(names)), right_(names_.size()) {}

void Table::right_align(std::size_t column) { right_[column] = true; }

void Table::add(std::vector<std::string> cells) {
  cells.resize(names_.size());
  rows_.push_back(std::move(cells));
}

std::string Table::text() const {
  std::vector<std::size_t> widths;
  for (const std::string& name : names_) widths.push_back(display_width(name));
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], display_width(row[i]));
  std::string out;
  const bool named =
      std::any_of(names_.begin(), names_.end(), [](const auto& name) { return !name.empty(); });
  if (named) append_row(out, names_, widths);
  for (const auto& row : rows_) append_row(out, row, widths);
  return out;
}

void Table::append_row(std::string& out, const std::vector<std::string>& cells,
                       const std::vector<std::size_t>& widths) const {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string gap(widths[i] - display_width(cells[i]), ' ');
    line += (i == 0 ? "" : "  ") + (right_[i] ? gap + cells[i] : cells[i] + gap);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  out += line + "\n";
}

std::size_t display_width(const std::string& text) {
  std::size_t width = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xc0) == 0x80) continue;  // inside a character
    width += byte >= 0xe3 ? 2 : 1;        // U+3000 and above: CJK and full-width forms
  }
  return width;
}

}  // namespace gongji::ctl
