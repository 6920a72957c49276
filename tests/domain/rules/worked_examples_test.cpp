// The worked examples of docs/rules.md, one test each, named as there: the tables beside this file
// are the tests. An example without a table is named in examples.hpp.
#include <gtest/gtest.h>

#include "tests/domain/rules/examples.hpp"
#include "tests/domain/support/story.hpp"

namespace gongji::test {
namespace {

class WorkedExample : public testing::Test {
 public:
  explicit WorkedExample(Example example) : example_(std::move(example)) {}

  void TestBody() override {
    EXPECT_FALSE(example_.steps.empty()) << "an example without steps proves nothing";
    Story story;
    for (const std::string& complaint : story.tell(example_.steps))
      ADD_FAILURE() << example_.name << " " << example_.title << "\n  " << complaint;
  }

 private:
  Example example_;
};

class UnreadableTable : public testing::Test {
 public:
  explicit UnreadableTable(std::string fault) : fault_(std::move(fault)) {}
  void TestBody() override { ADD_FAILURE() << fault_; }

 private:
  std::string fault_;
};

bool register_table(std::string_view file) {
  try {
    for (const Example& example : examples_in(file))
      testing::RegisterTest("WorkedExamples", example.name.c_str(), nullptr, nullptr, __FILE__,
                            __LINE__, [example] { return new WorkedExample{example}; });
  } catch (const std::exception& error) {
    const std::string fault = std::string{file} + ": " + error.what();
    testing::RegisterTest("WorkedExampleTables", "can_be_read", nullptr, nullptr, __FILE__,
                          __LINE__, [fault] { return new UnreadableTable{fault}; });
  }
  return true;
}

const bool kRegistered = register_table(kExampleTables[0]) && register_table(kExampleTables[1]);

}  // namespace
}  // namespace gongji::test
