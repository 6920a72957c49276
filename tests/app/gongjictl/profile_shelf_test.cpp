#include "app/gongjictl/profile_shelf.hpp"

#include <gtest/gtest.h>

namespace gongji::ctl {
namespace {

Profile profile(const char* id, const char* family, const char* area, const char* hash) {
  Profile made;
  made.id = id;
  made.family = family;
  made.area = area;
  made.hash = hash;
  return made;
}

ProfileBook book() {
  return ProfileBook{{profile("SH-1", "SH", "31", "a"), profile("SX-1", "SX", "14", "b")}};
}

Household shanghai() {
  Household household;
  household.id = HouseholdId{1};
  household.persons.emplace_back();
  household.persons.back().id = PersonId{"A"};
  household.persons.back().card.area = "310101";
  return household;
}

JournalRecord decided_by(const char* id, const char* hash) {
  JournalRecord record;
  record.household = HouseholdId{1};
  record.at = start_of(*parse_date("2026-11-22"));
  record.command = CreditCommand{PersonId{"A"}, Bucket::kCarryover, Fen{1}, ""};
  record.profile = {id, hash};
  return record;
}

TEST(ProfileShelf, has_the_profile_that_decided) {
  ProfileShelf shelf{book()};
  const auto choice = shelf.choose(decided_by("SH-1", "a"), shanghai());
  EXPECT_TRUE(choice.exact);
  EXPECT_NE(choice.then->by_id("SH-1"), nullptr);
  EXPECT_TRUE(shelf.misses().empty());
}

TEST(ProfileShelf, leaves_out_what_did_not_govern_then) {
  ProfileShelf shelf{book()};
  const auto choice = shelf.choose(decided_by("NONE", ""), shanghai());
  EXPECT_TRUE(choice.exact);
  EXPECT_EQ(choice.then->by_id("SH-1"), nullptr);
  EXPECT_NE(choice.then->by_id("SX-1"), nullptr);
}

TEST(ProfileShelf, counts_the_decisions_of_a_profile_it_does_not_have) {
  ProfileShelf shelf{book()};
  EXPECT_FALSE(shelf.choose(decided_by("SH-1", "other"), shanghai()).exact);
  EXPECT_FALSE(shelf.choose(decided_by("SH-1", "other"), shanghai()).exact);
  EXPECT_FALSE(shelf.choose(decided_by("SH-0", "z"), shanghai()).exact);
  ASSERT_EQ(shelf.misses().size(), 2u);
  EXPECT_EQ(shelf.misses()[0].hash_here, "a");
  EXPECT_EQ(shelf.misses()[0].decisions, 2u);
  EXPECT_EQ(shelf.misses()[1].hash_here, "");
}

TEST(ProfileShelf, asks_no_profile_about_a_tombstone) {
  ProfileShelf shelf{book()};
  EXPECT_TRUE(shelf.choose(JournalRecord{}, Household{}).exact);
}

TEST(ProfileShelf, puts_a_proposed_profile_in_its_familys_place) {
  Profile proposed = profile("SH-9", "SH", "31", "new");
  proposed.valid.from = parse_date("2030-01-01");
  ProfileShelf shelf{book(), proposed};
  const auto choice = shelf.choose(decided_by("SH-1", "a"), shanghai());
  const CivilDate day = *parse_date("2026-11-22");
  EXPECT_EQ(choice.proposed->of_family("SH", day).id, "SH-9");
  EXPECT_EQ(choice.proposed->of_area("310101", day).id, "SH-9");
  EXPECT_EQ(choice.proposed->of_family("SX", day).id, "SX-1");
  EXPECT_EQ(choice.then->of_family("SH", day).id, "SH-1");
}

}  // namespace
}  // namespace gongji::ctl
