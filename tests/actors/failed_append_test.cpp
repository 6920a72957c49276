// A failed write or index: the process is told once, and nothing of that group or of anything later
// is answered as if it had happened.
#include <gtest/gtest.h>

#include "tests/actors/actors_harness.hpp"
#include "tests/actors/journal_audit.hpp"

namespace gongji::actors::test {
namespace {

TEST(FailedAppend, IsFatalOnceAndNothingIsAnsweredAsApplied) {
  ActorsHarness actors;
  actors.enrol_all({employee("an", 10000), employee("bo", 10000), employee("cy", 50)});
  actors.store().hold();
  std::vector<Answer> lost;
  lost.push_back(actors.submit(settle("an", 3000, "m1")));
  actors.store().wait_until_held();
  actors.store().fail_append(1);
  lost.push_back(actors.submit(settle("an", 1000, "m2")));  // of a later group
  lost.push_back(actors.submit(person("an")));              // saw both
  lost.push_back(actors.submit(quote("an", 1000)));
  actors.store().release();
  for (const Answer& answer : lost) EXPECT_TRUE(answer.unknown());
  EXPECT_TRUE(actors.submit(settle("bo", 1000, "m3")).unknown());
  EXPECT_TRUE(actors.submit(settle("an", 3000, "m1")).unknown()) << "nor is it decided again";
  EXPECT_EQ(actors.carryover("cy"), 50) << "what was durable before may be told";
  EXPECT_EQ(actors.fatal_calls(), 1u);
}

TEST(FailedAppend, AReadBehindALostDecisionIsNeverAnswered) {
  ActorsHarness actors;
  actors.enrol_all({employee("an", 10000)});
  actors.store().fail_append(1);
  EXPECT_TRUE(actors.submit(settle("an", 3000, "m1")).unknown());
  EXPECT_TRUE(actors.submit(person("an")).unknown());
  EXPECT_TRUE(actors.submit(quote("an", 1)).unknown());
}

TEST(FailedAppend, AfterTheRestartTheSameMessageIsDecidedOnce) {
  const Disk disk = std::make_shared<stores::MemoryDisk>();
  {
    ActorsHarness actors{{}, disk};
    actors.enrol_all({employee("an", 10000)});
    actors.store().fail_append(1);
    EXPECT_TRUE(actors.submit(settle("an", 3000, "m1")).unknown());
  }
  ActorsHarness actors{{}, disk};
  EXPECT_FALSE(actors.submit(settle("an", 3000, "m1")).recorded().replayed);
  EXPECT_EQ(actors.carryover("an"), 7000);
}

TEST(FailedAppend, AFailedIndexIsAsFatal) {
  ActorsHarness actors;
  actors.enrol_all({employee("an", 10000)});
  actors.catch_up();
  actors.store().fail_indexing(true);
  const RecordPtr durable = actors.submit(settle("an", 3000, "m1")).applied();  // it is on the disk
  EXPECT_TRUE(actors.submit(settle("an", 1000, "m2")).unknown());
  EXPECT_TRUE(actors.submit(settle("an", 3000, "m1")).unknown()) << "no second record";
  EXPECT_EQ(actors.fatal_calls(), 1u);
  EXPECT_EQ(actors.store().durable(), durable->sequence);
}

TEST(FailedAppend, WhoWaitsForTheDeadJournalIsNotLeftHanging) {
  ActorsHarness actors;
  actors.enrol_all({employee("an", 10000), resident("kid")});
  actors.store().fail_append(1);
  EXPECT_TRUE(actors.submit(form("an", {"kid"}, "f1")).unknown());
  EXPECT_TRUE(actors.submit(form("an", {"kid"}, "f2")).unknown());
  EXPECT_TRUE(actors.submit(cancel("an", Sequence{1}, "c1")).arrived() ||
              actors.submit(cancel("an", Sequence{1}, "c2")).refused() == Reason::kNoSettlement);
  EXPECT_EQ(actors.fatal_calls(), 1u);
}

// Negative control: without the failure the very same requests are answered.
TEST(FailedAppend, WithoutAFailureAllOfItIsAnswered) {
  ActorsHarness actors;
  actors.enrol_all({employee("an", 10000), employee("bo", 10000), resident("kid")});
  EXPECT_FALSE(actors.submit(settle("an", 3000, "m1")).unknown());
  EXPECT_FALSE(actors.submit(person("an")).unknown());
  EXPECT_FALSE(actors.submit(quote("an", 1)).unknown());
  EXPECT_FALSE(actors.submit(settle("bo", 1000, "m3")).unknown());
  EXPECT_FALSE(actors.submit(form("an", {"kid"}, "f1")).unknown());
  EXPECT_EQ(actors.fatal_calls(), 0u);
  EXPECT_EQ(text_of(audit(actors.store()).complaints), "");
}

}  // namespace
}  // namespace gongji::actors::test
