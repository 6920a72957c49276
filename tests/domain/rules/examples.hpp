// Where the worked examples stand.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "tests/domain/support/story_reader.hpp"

namespace gongji::test {

constexpr std::array<std::string_view, 2> kExampleTables{"shanghai_examples.txt",
                                                         "shanxi_examples.txt"};
constexpr std::string_view kReasonTable = "reasons.txt";
constexpr std::string_view kProvinceTable = "province_examples.txt";
std::vector<Example> examples_in(std::string_view table);

}  // namespace gongji::test
