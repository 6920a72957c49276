// A person's details as one text (docs/formats/redis.md).
#include "stores/redis/card_text.hpp"

#include <gtest/gtest.h>

#include <array>

namespace gongji::stores {
namespace {

HotDetails details(const char* name) {
  HotDetails details;
  details.card = {name, "01",         "310101198503129018", "",      "11",
                  "",   "1985-03-12", Scheme::kEmployee,    "310101"};
  details.status = InsuredStatus::kSuspended;
  details.account_state = AccountState::kFrozen;
  details.role = "ORGANISER";
  details.has_network = true;
  details.until = CivilDate{std::chrono::year{2026} / 12 / 31};
  return details;
}

constexpr const char* kText =
    "3 15\n"
    "陈一\n"
    "01\n"
    "310101198503129018\n"
    "\n"
    "11\n"
    "\n"
    "1985-03-12\n"
    "310101\n"
    "310\n"
    "2\n"
    "frozen\n"
    "ORGANISER\n"
    "1\n"
    "2026-12-31\n";

TEST(CardText, IsAsDocumented) {
  EXPECT_EQ(card_text(Epoch{3}, Sequence{15}, details("陈一")), kText);
  EXPECT_EQ(details_in(kText), details("陈一"));
}

TEST(CardText, AValueMayHoldAnything) {
  for (const char* name :
       {"", " ", "two\nlines", "\\", "\\n", "ends with \\", "\n\n", "role MEMBER"})
    EXPECT_EQ(details_in(card_text(Epoch{3}, Sequence{15}, details(name))), details(name)) << name;
}

TEST(CardText, HalfOfItIsNothing) {
  const std::string_view text = kText;
  for (std::size_t size = 0; size < text.size(); ++size)
    EXPECT_FALSE(details_in(text.substr(0, size))) << size;
}

}  // namespace
}  // namespace gongji::stores
