// Runs a property over random values with rapidcheck, outside its macros so that the number of
// cases is the test's own. RC_PARAMS is honoured: seed=…, reproduce=… and max_success=…, which then
// takes the place of `cases`. rapidcheck prints the seed at start, and a failure says how to repeat
// it. Heavy to compile: for the few files that own a generator.
#pragma once

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/detail/TestListenerAdapter.h>

#include <cstdlib>
#include <functional>
#include <sstream>
#include <string>

namespace gongji::test {

inline bool cases_are_given() {
  const char* given = std::getenv("RC_PARAMS");
  return given != nullptr && std::string{given}.find("max_success") != std::string::npos;
}

// `law` answers "" when it holds for a value, else what is wrong.
template <class Value>
rc::detail::TestResult try_all(const rc::Gen<Value>& values, int cases, bool shrink,
                               const std::function<std::string(const Value&)>& law) {
  const rc::detail::Configuration& configuration = rc::detail::configuration();
  rc::detail::TestParams params = configuration.testParams;
  if (!cases_are_given()) params.maxSuccess = cases;
  params.disableShrinking = !shrink;
  const testing::TestInfo& test = *testing::UnitTest::GetInstance()->current_test_info();
  rc::detail::TestMetadata metadata;
  metadata.id = std::string{test.test_suite_name()} + "/" + test.name();
  metadata.description = test.name();
  const auto property = [&] {
    const std::string complaint = law(*values);
    if (!complaint.empty()) RC_FAIL(complaint);
  };
  rc::detail::TestListenerAdapter quiet;
  return rc::detail::checkProperty(rc::detail::toProperty(property), metadata, params, quiet,
                                   configuration.reproduce);
}

template <class Value>
void expect_all(const rc::Gen<Value>& values, int cases,
                const std::function<std::string(const Value&)>& law) {
  const auto result = try_all(values, cases, true, law);
  if (result.template is<rc::detail::SuccessResult>()) return;
  std::ostringstream message;
  rc::detail::printResultMessage(result, message);
  ADD_FAILURE() << message.str();
}

template <class Value>
bool is_refuted(const rc::Gen<Value>& values, int cases,
                const std::function<std::string(const Value&)>& law) {
  return try_all(values, cases, false, law).template is<rc::detail::FailureResult>();
}

}  // namespace gongji::test
