// Which rules and worked examples have a test. Every rule of docs/rules.md is listed here; the ones
// marked required are those today's commands can break.
#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "tests/domain/rules/examples.hpp"

namespace gongji::test {
namespace {

struct Chapter {
  const char* prefix;
  int rules;
  std::vector<int> required;
};

const std::vector<Chapter> kRulebook{
    {"SH", 44, {1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 16,
                20, 21, 22, 23, 24, 25, 27, 28, 29, 30, 31, 32, 40, 41, 42}},
    {"SX", 41, {1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14,
                15, 16, 17, 19, 20, 21, 22, 23, 24, 25, 26, 39, 40}},
    {"GX", 15, {1, 2, 3, 5, 6, 7, 8, 10, 13, 14}}};
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

TEST(Coverage, rule_coverage) {
  const std::set<std::string> rules = tested_in("Rules", 5);
  const std::set<std::string> examples = tested_in("WorkedExamples", 3);
  std::set<std::string> known;
  std::ostringstream untested;
  for (const Chapter& chapter : kRulebook) {
    for (int number = 1; number <= chapter.rules; ++number) {
      const std::string id = numbered(std::string{chapter.prefix} + "_", number);
      known.insert(id);
      if (rules.count(id) == 0) untested << " " << id;
    }
    for (const int number : chapter.required)
      EXPECT_EQ(rules.count(numbered(std::string{chapter.prefix} + "_", number)), 1U)
          << chapter.prefix << "-" << number << " has no test";
  }
  for (const std::string& id : rules) EXPECT_EQ(known.count(id), 1U) << id << " is no rule";
  std::cout << rules.size() << " of " << known.size() << " rule ids tested, " << examples.size()
            << " of " << kShanghaiExamples + kShanxiExamples << " worked examples\n"
            << "rules without a test here:" << untested.str() << "\n";
}

TEST(Coverage, every_worked_example_is_tested_or_accounted_for) {
  std::map<std::string, int> places;
  for (const std::string& name : tested_in("WorkedExamples", 3)) ++places[name];
  for (const std::string_view name : kNotYetBuilt) ++places[std::string{name}];
  for (int number = 1; number <= kShanghaiExamples; ++number)
    EXPECT_EQ(places[numbered("W", number)], 1) << numbered("W", number);
  for (int number = 1; number <= kShanxiExamples; ++number)
    EXPECT_EQ(places[numbered("X", number)], 1) << numbered("X", number);
  EXPECT_EQ(places.size(), std::size_t{kShanghaiExamples + kShanxiExamples});
  std::cout << "not yet built:";
  for (const std::string_view name : kNotYetBuilt) std::cout << " " << name;
  std::cout << "\n";
}

TEST(Coverage, the_tables_can_be_read_and_name_rules_that_exist) {
  for (const std::string_view table : kExampleTables) {
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
