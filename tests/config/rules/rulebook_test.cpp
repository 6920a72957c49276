// docs/rules.md is complete: every rule, every reason in the order of the enum, every example.
#include <gtest/gtest.h>

#include <cstdio>
#include <regex>
#include <string>
#include <vector>

#include "domain/reason.hpp"
#include "tests/config/scratch_folder.hpp"
#include "tests/test_places.hpp"

namespace gongji::config {
namespace {

const std::string& rulebook() {
  static const std::string text =
      read_whole(std::filesystem::path{GONGJI_SOURCE_DIR} / "docs/rules.md");
  return text;
}

std::string numbered(const std::string& prefix, int number) {
  return prefix + (number < 10 ? "0" : "") + std::to_string(number);
}

// First cells of all table rows that look like `pattern`, in order.
std::vector<std::string> rows(const std::string& pattern) {
  const std::regex row{"\\n\\| (" + pattern + ") \\|"};
  std::vector<std::string> found;
  for (std::sregex_iterator at{rulebook().begin(), rulebook().end(), row}, end; at != end; ++at)
    found.push_back((*at)[1]);
  return found;
}

struct Series {
  std::string prefix;
  int last;
};

class Rulebook : public testing::TestWithParam<Series> {};

TEST_P(Rulebook, has_one_row_for_every_number_in_order) {
  std::vector<std::string> wanted;
  for (int i = 1; i <= GetParam().last; ++i) wanted.push_back(numbered(GetParam().prefix, i));
  EXPECT_EQ(rows(GetParam().prefix + "[0-9]+"), wanted);
}

INSTANTIATE_TEST_SUITE_P(Numbers, Rulebook,
                         testing::Values(Series{"SH-", 44}, Series{"SX-", 41}, Series{"GX-", 15},
                                         Series{"W", 30}, Series{"X", 26}));

TEST(RulebookReasons, are_those_of_the_code_in_its_order) {
  std::vector<std::string> wanted;
  for (int i = 1; i <= kReasonLast; ++i)
    wanted.push_back("`" + std::string{code(static_cast<Reason>(i))} + "`");
  EXPECT_EQ(rows("`E_[A-Z_]+`"), wanted);
}

TEST(RulebookReasons, no_code_is_named_that_does_not_exist) {
  const std::regex name{"E_[A-Z_]+"};
  for (std::sregex_iterator at{rulebook().begin(), rulebook().end(), name}, end; at != end; ++at)
    EXPECT_TRUE(reason_from_code((*at)[0].str())) << (*at)[0];
}

}  // namespace
}  // namespace gongji::config
