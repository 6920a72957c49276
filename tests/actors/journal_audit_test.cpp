// The tests' own auditor: what it must and must not complain of. Journals with real faults are
// under tests/app/gongjictl/.
#include "tests/actors/journal_audit.hpp"

#include <gtest/gtest.h>

#include "tests/app/gongjictl/support/journal_builder.hpp"

namespace gongji::actors::test {
namespace {

using ctl::JournalBuilder;

JournalBuilder three_of_a_household() {
  JournalBuilder story;
  for (const char* person : {"A", "B", "C"}) story.enrol(1, person, Scheme::kEmployee, Fen{100});
  return story;
}

// A move that broke off waits for a restart, and its household goes on.
TEST(JournalAudit, follows_several_parts_of_one_household_at_once) {
  JournalBuilder story = three_of_a_household();
  story.depart(1, 2, {PersonId{"B"}});
  story.depart(1, 3, {PersonId{"C"}});
  EXPECT_EQ(text_of(audit(story.journal()).complaints), "") << "while they are on the way";
  story.arrive(1, 3);
  story.arrive(1, 2);
  EXPECT_EQ(text_of(audit(story.journal()).complaints), "");
}

TEST(JournalAudit, finds_who_leaves_twice) {
  JournalBuilder story = three_of_a_household();
  story.depart(1, 2, {PersonId{"B"}});
  const auto first = story.journal().read(Sequence{4});
  ASSERT_TRUE(first.ok());
  story.add(1, (*first)->command, (*first)->outcome);
  EXPECT_NE(text_of(audit(story.journal()).complaints).find("record 5 departs twice"),
            std::string::npos);
}

TEST(JournalAudit, finds_who_arrives_twice) {
  JournalBuilder story = three_of_a_household();
  story.move(1, 2, {PersonId{"B"}});
  story.arrive(1, 2);
  EXPECT_NE(text_of(audit(story.journal()).complaints).find("record 6 receives what did not"),
            std::string::npos);
}

}  // namespace
}  // namespace gongji::actors::test
