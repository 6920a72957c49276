// What `gongjictl top` shows, as text: the ops page's figures (docs/ops_page.md) on a terminal.
// Pure: a document in, lines out.
#pragma once

#include <string>
#include <vector>

#include "domain/result.hpp"

namespace gongji::ctl {

struct TopLayout {
  std::size_t columns = 80;
  std::size_t rows = 24;
  bool colours = false;  // only ever in addition to words
};

// `answer` is the body of GET /ops/figures.json. The error is a sentence.
Result<std::vector<std::string>, std::string> top_screen(const std::string& answer,
                                                         const std::string& address,
                                                         const TopLayout& layout);

// The figures of a row of the last points, newest right, as a line of eight heights.
std::string sparkline(const std::vector<double>& values, std::size_t columns);

}  // namespace gongji::ctl
