// The names of tests against the numbers of docs/rules.md. That every rule and every reason has a
// passing test is the business of tests/rules/coverage.py, which looks into all programs.
#include <gtest/gtest.h>

#include <set>

#include "tests/domain/rules/examples.hpp"

namespace gongji::test {
namespace {

struct Chapter {
  const char* prefix;
  int rules;
};

const std::vector<Chapter> kRulebook{{"SH", 44}, {"SX", 41}, {"GX", 15}};
constexpr int kShanghaiExamples = 30;  // W01…W30
constexpr int kShanxiExamples = 26;    // X01…X26

std::string numbered(std::string prefix, int number) {
  return prefix.append(number < 10 ? "0" : "").append(std::to_string(number));
}

// "SH_24" of every Rules.SH_24_…, "W08" of every WorkedExamples.W08.
std::set<std::string> tested_in(const std::string& suite_name, std::size_t length) {
  std::set<std::string> tested;
  const testing::UnitTest& all = *testing::UnitTest::GetInstance();
  for (int i = 0; i < all.total_test_suite_count(); ++i) {
    const testing::TestSuite& suite = *all.GetTestSuite(i);
    if (suite.name() != suite_name) continue;
    for (int j = 0; j < suite.total_test_count(); ++j)
      tested.insert(std::string{suite.GetTestInfo(j)->name()}.substr(0, length));
  }
  return tested;
}

TEST(Coverage, a_test_named_like_a_rule_is_of_a_rule) {
  std::set<std::string> known;
  for (const Chapter& chapter : kRulebook)
    for (int number = 1; number <= chapter.rules; ++number)
      known.insert(numbered(std::string{chapter.prefix} + "_", number));
  EXPECT_EQ(known.size(), 100U);
  for (const std::string& id : tested_in("Rules", 5))
    EXPECT_EQ(known.count(id), 1U) << id << " is no rule";
}

TEST(Coverage, every_worked_example_is_a_table) {
  const std::set<std::string> tables = tested_in("WorkedExamples", 3);
  for (int number = 1; number <= kShanghaiExamples; ++number)
    EXPECT_EQ(tables.count(numbered("W", number)), 1U) << numbered("W", number);
  for (int number = 1; number <= kShanxiExamples; ++number)
    EXPECT_EQ(tables.count(numbered("X", number)), 1U) << numbered("X", number);
  EXPECT_EQ(tables.size(), std::size_t{kShanghaiExamples + kShanxiExamples});
}

TEST(Coverage, the_tables_can_be_read_and_name_rules_that_exist) {
  for (const std::string_view table :
       {kExampleTables[0], kExampleTables[1], kReasonTable, kProvinceTable}) {
    for (const Example& example : examples_in(table)) {
      for (const std::string& rule : example.rules) {
        const std::size_t chapter = rule[0] == 'G' ? 2 : (rule[1] == 'X' ? 1 : 0);
        EXPECT_EQ(rule.substr(0, 3), std::string{kRulebook[chapter].prefix} + "-") << rule;
        EXPECT_LE(std::stoi(rule.substr(3)), kRulebook[chapter].rules) << example.name;
      }
    }
  }
  EXPECT_THROW(examples_in("no_such_table.txt"), BadStep);
}

}  // namespace
}  // namespace gongji::test
