// The worked examples of docs/rules.md, one test each, named as there, and one test for each reason
// a decision can give and for each parameter of another province: the tables beside this file are
// the tests.
#include <gtest/gtest.h>

#include "domain/reason.hpp"
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

class ReasonExample : public WorkedExample {
 public:
  explicit ReasonExample(const Example& example) : WorkedExample(example), name_(example.name) {
    for (const Step& step : example.steps)
      for (const std::string& word : step.expected)
        produced_ |= word == name_ || word == "reason=" + name_;
  }
  void TestBody() override {
    EXPECT_TRUE(reason_from_code(name_)) << name_ << " is no reason";
    EXPECT_TRUE(produced_) << "no step is answered with " << name_;
    WorkedExample::TestBody();
  }

 private:
  std::string name_;
  bool produced_ = false;
};

class UnreadableTable : public testing::Test {
 public:
  explicit UnreadableTable(std::string fault) : fault_(std::move(fault)) {}
  void TestBody() override { ADD_FAILURE() << fault_; }

 private:
  std::string fault_;
};

template <class Body>
bool register_table(const char* suite, std::string_view file) {
  try {
    for (const Example& example : examples_in(file))
      testing::RegisterTest(suite, example.name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                            [example]() -> testing::Test* { return new Body{example}; });
  } catch (const std::exception& error) {
    const std::string fault = std::string{file} + ": " + error.what();
    testing::RegisterTest("WorkedExampleTables", "can_be_read", nullptr, nullptr, __FILE__,
                          __LINE__, [fault] { return new UnreadableTable{fault}; });
  }
  return true;
}

const bool kRegistered = register_table<WorkedExample>("WorkedExamples", kExampleTables[0]) &&
                         register_table<WorkedExample>("WorkedExamples", kExampleTables[1]) &&
                         register_table<ReasonExample>("Reasons", kReasonTable) &&
                         register_table<WorkedExample>("Provinces", kProvinceTable);

}  // namespace
}  // namespace gongji::test
