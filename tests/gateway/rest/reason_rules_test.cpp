#include "gateway/rest/reason_rules.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/test_places.hpp"

namespace gongji::gateway::rest {
namespace {

TEST(ReasonRules, AreRulesOfTheRulebook) {
  std::ifstream file{std::string{GONGJI_SOURCE_DIR} + "/docs/rules.md"};
  std::ostringstream text;
  text << file.rdbuf();
  for (std::uint8_t number = 0; number <= kReasonLast; ++number)
    for (const std::string_view rule : rules_of(static_cast<Reason>(number)))
      EXPECT_NE(text.str().find("| " + std::string{rule} + " |"), std::string::npos)
          << rule << " of " << code(static_cast<Reason>(number));
}

// The reasons about messages and callers, from E_NO_PERSON on, have none but two.
TEST(ReasonRules, EveryReasonOfTheRulebookHasOne) {
  for (std::uint8_t number = 1; number <= static_cast<std::uint8_t>(Reason::kQuoteStale); ++number)
    EXPECT_FALSE(rules_of(static_cast<Reason>(number)).empty())
        << code(static_cast<Reason>(number));
}

}  // namespace
}  // namespace gongji::gateway::rest
