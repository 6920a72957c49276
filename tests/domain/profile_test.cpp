#include "domain/profile.hpp"

#include <gtest/gtest.h>

#include "tests/domain/support/profiles.hpp"
#include "tests/domain/support/yuan.hpp"

namespace gongji {
namespace {

using test::day;
using test::yuan;

Profile profile(std::string id, std::string family, std::string area, DateWindow valid) {
  Profile made;
  made.id = std::move(id);
  made.family = std::move(family);
  made.area = std::move(area);
  made.valid = valid;
  return made;
}

const ProfileBook& book() {
  static const ProfileBook made{{profile("A-1", "A", "31", {std::nullopt, day("2024-12-31")}),
                                 profile("A-2", "A", "31", {day("2025-01-01"), std::nullopt}),
                                 profile("CITY", "C", "3101", {}),
                                 profile("NOWHERE", "N", "", {})}};
  return made;
}

TEST(ProfileBook, finds_the_profile_of_a_family_by_the_day) {
  EXPECT_EQ(book().of_family("A", day("2024-12-31")).id, "A-1");
  EXPECT_EQ(book().of_family("A", day("2025-01-01")).id, "A-2");
  EXPECT_EQ(book().of_family("B", day("2025-01-01")).id, "NONE");
  EXPECT_TRUE(book().knows_family("A"));
  EXPECT_FALSE(book().knows_family("B"));
}

TEST(ProfileBook, the_longest_area_governs) {
  EXPECT_EQ(book().of_area("319900", day("2025-01-01")).id, "A-2");
  EXPECT_EQ(book().of_area("310101", day("2025-01-01")).id, "CITY");
  EXPECT_EQ(book().of_area("110101", day("2025-01-01")).id, "NONE");
  EXPECT_EQ(book().of_area("", day("2025-01-01")).id, "NONE");
}

TEST(ProfileBook, finds_by_id_whatever_the_day) {
  ASSERT_NE(book().by_id("A-1"), nullptr);
  EXPECT_EQ(book().by_id("A-1")->family, "A");
  EXPECT_EQ(book().by_id("A-3"), nullptr);
}

TEST(Profile, a_region_without_a_profile_has_no_family_fund) {
  const Profile neutral;
  EXPECT_FALSE(neutral.allows(Relation::kSpouse));
  EXPECT_FALSE(neutral.admits_member(Scheme::kResident));
}

TEST(Profile, the_floor_may_have_a_value_of_its_own_in_a_year) {
  Profile made;
  made.floor = yuan("1000.00");
  made.floor_by_year = {{2025, yuan("5585.40")}, {2026, yuan("6000.00")}};
  EXPECT_EQ(made.floor_in(day("2024-12-31")), yuan("1000.00"));
  EXPECT_EQ(made.floor_in(day("2025-01-01")), yuan("5585.40"));
  EXPECT_EQ(made.floor_in(day("2026-12-31")), yuan("6000.00"));
}

TEST(Profile, items_are_allowed_by_code_and_date) {
  Profile made;
  made.allowed_items = {{"MASK", {day("2022-08-01"), day("2024-12-31")}}};
  EXPECT_TRUE(made.item_allowed("MASK", day("2024-12-31")));
  EXPECT_FALSE(made.item_allowed("MASK", day("2025-01-01")));
  EXPECT_FALSE(made.item_allowed("OTHER", day("2024-01-01")));
}

TEST(Profile, names_lead_back_to_their_values) {
  for (int i = 0; i <= static_cast<int>(Relation::kParentInLaw); ++i)
    EXPECT_EQ(relation_from_text(to_text(static_cast<Relation>(i))), static_cast<Relation>(i));
  for (const Mode mode : {Mode::kPay, Mode::kPremium})
    EXPECT_EQ(mode_from_text(to_text(mode)), mode);
  for (const Bucket bucket : {Bucket::kCurrentYear, Bucket::kCarryover})
    EXPECT_EQ(bucket_from_text(to_text(bucket)), bucket);
  for (const Scheme scheme : {Scheme::kEmployee, Scheme::kResident, Scheme::kHelpPlan})
    EXPECT_EQ(scheme_from_insutype(to_insutype(scheme)), scheme);
  EXPECT_EQ(relation_from_text("COUSIN"), std::nullopt);
  EXPECT_EQ(scheme_from_insutype("391"), std::nullopt);
}

TEST(Profile, the_shipped_files_are_the_parameters_of_the_rulebook) {
  const Profile shanghai = test::shipped("SH-2025");
  EXPECT_EQ(shanghai.fund_buckets, std::vector<Bucket>{Bucket::kCarryover});
  EXPECT_EQ(shanghai.floor, Fen{0});
  EXPECT_EQ(shanghai.quota_kind, QuotaKind::kNone);
  EXPECT_TRUE(shanghai.mode_confirmation);
  const Profile shanxi = test::shipped("SX-2025");
  EXPECT_EQ(shanxi.fund_buckets.size(), 2U);
  EXPECT_EQ(shanxi.floor, yuan("1000.00"));
  EXPECT_EQ(shanxi.quota_kind, QuotaKind::kCumulative);
  EXPECT_FALSE(shanxi.mode_confirmation);
  EXPECT_TRUE(shanxi.duplicates_block) << "SX-19, SX-20";
  EXPECT_EQ(test::shipped("SH-2022").service_start, day("2022-08-01"));
}

}  // namespace
}  // namespace gongji
