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
    "psn_name 陈一\n"
    "psn_cert_type 01\n"
    "certno 310101198503129018\n"
    "card_no \n"
    "psn_type 11\n"
    "gend \n"
    "brdy 1985-03-12\n"
    "insuplc_admdvs 310101\n"
    "insutype 310\n"
    "psn_insu_stas 2\n"
    "account_state frozen\n"
    "role ORGANISER\n"
    "network 1\n"
    "until 2026-12-31\n";

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
  std::string renamed{text};
  renamed.replace(renamed.find("role"), 4, "rule");
  EXPECT_FALSE(details_in(renamed));
}

}  // namespace
}  // namespace gongji::stores
