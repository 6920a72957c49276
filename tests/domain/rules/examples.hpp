// Where the worked examples stand, and which of them have no table here.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "tests/domain/support/story_reader.hpp"

namespace gongji::test {

constexpr std::array<std::string_view, 2> kExampleTables{"shanghai_examples.txt",
                                                         "shanxi_examples.txt"};
constexpr std::array<std::string_view, 11> kNotYetBuilt{"W07", "W11", "W23", "W24", "W30", "X06",
                                                        "X07", "X08", "X09", "X22", "X23"};
std::vector<Example> examples_in(std::string_view table);

}  // namespace gongji::test
