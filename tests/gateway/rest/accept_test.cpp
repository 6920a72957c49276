#include "gateway/rest/accept.hpp"

#include <gtest/gtest.h>

#include <array>

namespace gongji::gateway::rest {
namespace {

TEST(Accept, TakesTheBestOfWhatThereIs) {
  constexpr std::array<std::string_view, 3> kOffered{"application/json", "image/svg+xml",
                                                     "image/png"};
  struct Row {
    const char* accept;
    int wanted;  // -1 = none
  };
  const Row kRows[] = {
      {"", 0},
      {"*/*", 0},
      {"image/png", 2},
      {"image/*", 1},
      {"image/png, image/*;q=0.5", 2},
      {"image/png;q=0.2, image/svg+xml;q=0.7", 1},
      {"text/html, */*;q=0.1", 0},
      {"application/json;q=0, */*", 1},
      {"application/json; charset=utf-8", 0},
      {"IMAGE", -1},
      {"text/html", -1},
      {"image/png;q=0", -1},
      {"image/png;q=x", -1},
      {", ,", -1},
  };
  for (const Row& row : kRows) {
    const auto best = best_accepted(row.accept, kOffered);
    EXPECT_EQ(best ? static_cast<int>(*best) : -1, row.wanted) << row.accept;
  }
}

}  // namespace
}  // namespace gongji::gateway::rest
