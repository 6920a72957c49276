#include "loadtest/svg_plot.hpp"

#include <gtest/gtest.h>

namespace gongji::loadtest {
namespace {

TEST(RoundSteps, are_round_and_cover_the_range) {
  EXPECT_EQ(round_steps(0, 10, 5), (std::vector<double>{0, 2, 4, 6, 8, 10}));
  EXPECT_EQ(round_steps(0, 100'000, 5),
            (std::vector<double>{0, 20'000, 40'000, 60'000, 80'000, 100'000}));
  EXPECT_EQ(round_steps(3, 3, 5), (std::vector<double>{3}));
}

TEST(LogarithmicSteps, enclose_the_range) {
  EXPECT_EQ(logarithmic_steps(1, 10), (std::vector<double>{1, 2, 5, 10}));
  EXPECT_EQ(logarithmic_steps(3, 40), (std::vector<double>{2, 5, 10, 20, 50}));
  EXPECT_EQ(logarithmic_steps(5, 5).front(), 5);
  EXPECT_GT(logarithmic_steps(5, 5).back(), 5);
  const auto wide = logarithmic_steps(0.2, 3000);
  ASSERT_EQ(wide.size(), 6u);
  EXPECT_NEAR(wide.front(), 0.1, 1e-12);
  EXPECT_NEAR(wide.back(), 10'000, 1e-6);
}

TEST(ShortNumber, is_short) {
  EXPECT_EQ(short_number(0), "0");
  EXPECT_EQ(short_number(0.5), "0.5");
  EXPECT_EQ(short_number(9999), "9999");
  EXPECT_EQ(short_number(12'500), "12.5k");
  EXPECT_EQ(short_number(2'500'000), "2.5M");
}

TEST(SvgPlot, draws_a_line_and_a_tooltip_for_every_point) {
  const std::string svg = svg_plot({"T",
                                    "s",
                                    "per s",
                                    false,
                                    {},
                                    {{"a & b", 0, {{0, 0}, {1, 10}}}, {"c", 1, {{0, 5}, {1, 5}}}}});
  EXPECT_NE(svg.find("a &amp; b"), std::string::npos);
  EXPECT_NE(svg.find("line-0"), std::string::npos);
  EXPECT_NE(svg.find("line-1"), std::string::npos);
  std::size_t tooltips = 0;
  for (auto at = svg.find("<title>"); at != std::string::npos; at = svg.find("<title>", at + 1))
    ++tooltips;
  EXPECT_EQ(tooltips, 2u);
}

TEST(SvgPlot, leaves_out_what_a_logarithm_cannot_show) {
  const std::string svg =
      svg_plot({"T", "s", "ms", true, {}, {{"a", 0, {{0, 0}, {1, 1}, {2, 100}}}}});
  EXPECT_EQ(svg.find("nan"), std::string::npos);
  EXPECT_EQ(svg.find("inf"), std::string::npos);
}

}  // namespace
}  // namespace gongji::loadtest
