#include "domain/reason.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace gongji {
namespace {

Reason reason_at(unsigned value) { return static_cast<Reason>(value); }

TEST(Reason, the_table_has_one_line_for_every_value_in_its_place) {
  for (unsigned value = 0; value <= kReasonLast; ++value)
    EXPECT_EQ(static_cast<unsigned>(info(reason_at(value)).reason), value);
}

TEST(Reason, codes_are_unique_and_lead_back_to_their_reason) {
  std::set<std::string_view> codes;
  for (unsigned value = 1; value <= kReasonLast; ++value) {
    const std::string_view text = code(reason_at(value));
    EXPECT_TRUE(text.substr(0, 2) == "E_" && text.size() > 2) << value;
    EXPECT_TRUE(codes.insert(text).second) << text << " twice";
    EXPECT_EQ(reason_from_code(text), reason_at(value));
  }
  EXPECT_EQ(codes.size(), std::size_t{kReasonLast});
}

TEST(Reason, no_reason_has_no_code) {
  EXPECT_EQ(code(Reason::kNone), "");
  EXPECT_EQ(reason_from_code("E_NO_SUCH_THING"), std::nullopt);
}

TEST(Reason, every_reason_has_a_sentence_to_read_out) {
  for (unsigned value = 1; value <= kReasonLast; ++value)
    EXPECT_GT(info(reason_at(value)).text.size(), 6U) << code(reason_at(value));
}

TEST(Reason, the_rulebook_closed_list_is_complete) {
  constexpr const char* kClosedList[] = {"E_NOT_EMPLOYEE",
                                         "E_NO_CARRYOVER",
                                         "E_ACCOUNT_UNUSABLE",
                                         "E_REL_NOT_ALLOWED",
                                         "E_SELF",
                                         "E_NOT_INSURED",
                                         "E_SUSPENDED",
                                         "E_ALREADY_IN_NETWORK",
                                         "E_ALREADY_BOUND",
                                         "E_CHAIN_AUTH",
                                         "E_CHAIN_BENEF",
                                         "E_MODE_EMPTY",
                                         "E_MODE_UNCONFIRMED",
                                         "E_MODE_OFF",
                                         "E_NOT_STARTED",
                                         "E_NO_NETWORK",
                                         "E_WINDOW",
                                         "E_FUND_EMPTY",
                                         "E_FLOOR",
                                         "E_QUOTA",
                                         "E_QUOTA_OVER_SHAREABLE",
                                         "E_REBIND_REQUIRED",
                                         "E_PURPOSE",
                                         "E_INSUFFICIENT_PREMIUM",
                                         "E_TAX_PENDING",
                                         "E_DUP_INSURED",
                                         "E_WRONG_MAIN",
                                         "E_PLACE_CHANGED",
                                         "E_OUT_OF_PROVINCE",
                                         "E_NOT_DESIGNATED",
                                         "E_NOT_OWN_CARD",
                                         "E_FORBIDDEN_VIEW",
                                         "E_IDEMPOTENCY",
                                         "E_ALREADY_REVERSED",
                                         "E_QUOTE_STALE"};
  unsigned value = 1;  // journaled numbers follow the list
  for (const char* text : kClosedList)
    EXPECT_EQ(reason_from_code(text), reason_at(value++)) << text;
}

TEST(Reason, next_steps_have_names_of_their_own) {
  std::set<std::string_view> names;
  for (int step = 0; step <= static_cast<int>(NextStep::kWait); ++step)
    EXPECT_TRUE(names.insert(to_text(static_cast<NextStep>(step))).second) << step;
}

TEST(ReasonDeathTest, a_number_outside_the_table_ends_the_process) {
  EXPECT_DEATH((void)info(reason_at(kReasonLast + 1U)), "");
}

}  // namespace
}  // namespace gongji
