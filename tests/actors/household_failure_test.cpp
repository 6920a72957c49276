// An exception in a household harms one message: that one is answered "unknown", what queued behind
// it is decided in order by the household rebuilt from the journal, the others notice nothing.
#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "tests/actors/actors_harness.hpp"
#include "tests/actors/journal_audit.hpp"

namespace gongji::actors::test {
namespace {

// Throws for every message whose id starts with "bad".
HarnessSetup throwing() {
  HarnessSetup setup;
  setup.before_decide = [](const Envelope& mail) {
    if (mail.request.origin.key.msgid.starts_with("bad")) throw std::runtime_error{"planted"};
  };
  return setup;
}

TEST(HouseholdFailure, HarmsOneMessageAndKeepsTheOrderOfTheRest) {
  ActorsHarness actors{throwing()};
  actors.enrol_all({employee("an", 10000)});
  actors.store().hold();
  const Answer before = actors.submit(settle("an", 1000, "m0"));
  actors.store().wait_until_held();
  const Answer bad = actors.submit(settle("an", 5000, "bad"));
  std::vector<Answer> behind;
  for (int i = 1; i <= 20; ++i)
    behind.push_back(actors.submit(settle("an", 10, "m" + std::to_string(i))));
  EXPECT_TRUE(bad.unknown());
  actors.store().release();
  (void)before.applied();
  Sequence last = before.applied()->sequence;
  for (const Answer& answer : behind) {
    EXPECT_GT(answer.applied()->sequence, last);
    last = answer.applied()->sequence;
  }
  EXPECT_EQ(actors.carryover("an"), 10000 - 1000 - 200);
  EXPECT_EQ(text_of(audit(actors.store()).complaints), "");
}

TEST(HouseholdFailure, TheSameMessageMayBeSentAgain) {
  std::atomic<bool> faulty{true};
  HarnessSetup setup;
  setup.before_decide = [&](const Envelope& mail) {
    if (faulty && mail.request.origin.key.msgid == "m1") throw std::runtime_error{"planted"};
  };
  ActorsHarness actors{setup};
  actors.enrol_all({employee("an", 10000)});
  EXPECT_TRUE(actors.submit(settle("an", 1000, "m1")).unknown());
  EXPECT_EQ(actors.submit(query(settle("an", 1000, "m1"))).as<MessageFound>().state,
            MessageState::kUnknown);
  faulty = false;
  EXPECT_FALSE(actors.submit(settle("an", 1000, "m1")).recorded().replayed);
  EXPECT_EQ(actors.carryover("an"), 9000);
}

TEST(HouseholdFailure, AnythingThrownCounts) {
  HarnessSetup setup;
  setup.before_decide = [](const Envelope& mail) {
    if (mail.request.origin.key.msgid == "bad") throw 42;  // not even an exception class
  };
  ActorsHarness actors{setup};
  actors.enrol_all({employee("an", 10000)});
  EXPECT_TRUE(actors.submit(settle("an", 1000, "bad")).unknown());
  EXPECT_EQ(actors.carryover("an"), 10000);
}

TEST(HouseholdFailure, OfAnEnrolmentLetsTheNextOneSucceed) {
  ActorsHarness actors{throwing()};
  Person person = employee("bad-first", 100);
  EXPECT_TRUE(actors.submit(enrol(person)).unknown());
  Request again = enrol(person);
  again.origin.key.msgid = "good";
  again.key_hash = message_hash(again.origin.key);
  (void)actors.submit(again).applied();
  EXPECT_EQ(actors.carryover("bad-first"), 100);
  EXPECT_EQ(text_of(audit(actors.store()).complaints), "");
}

TEST(HouseholdFailure, ItsCancelsAndRetriesInTheQueueAreDecidedToo) {
  ActorsHarness actors{throwing()};
  actors.enrol_all({employee("an", 10000)});
  const Sequence first = actors.submit(settle_batch("an", 1000, "m1", "b1")).applied()->sequence;
  for (int round = 0; round < 20; ++round) {
    const std::string n = std::to_string(round);
    const Answer bad = actors.submit(settle("an", 1, "bad" + n));
    const Answer repeated = actors.submit(settle_batch("an", 1000, "r" + n, "b1"));
    const Answer unfound = actors.submit(cancel("an", Sequence{1}, "c" + n));
    const Answer behind = actors.submit(settle("an", 1, "s" + n));
    EXPECT_TRUE(bad.unknown());
    EXPECT_EQ(repeated.recorded().record->sequence, first);
    EXPECT_EQ(unfound.refused(), Reason::kNoSettlement);
    (void)behind.applied();
  }
  EXPECT_EQ(actors.carryover("an"), 10000 - 1000 - 20);
}

TEST(HouseholdFailure, AHundredOfThemUnderLoad) {
  ActorsHarness actors{throwing()};
  actors.enrol_all({employee("an", 1000000), employee("bo", 1000000)});
  std::atomic<int> lost{0};
  const auto work = [&](const std::string& id) {
    std::vector<Answer> answers;
    for (int i = 0; i < 1000; ++i) {
      const std::string n = id + std::to_string(i);
      const bool bad = i % 20 == 0;
      answers.push_back(actors.submit(settle(id, 10, (bad ? "bad" : "m") + n)));
      if (answers.size() == 100) {
        for (const Answer& answer : answers) lost += answer.unknown() ? 1 : 0;
        answers.clear();
      }
    }
  };
  std::thread an{[&] { work("an"); }};
  work("bo");
  an.join();
  EXPECT_EQ(lost, 100);
  EXPECT_EQ(actors.carryover("an"), 1000000 - 9500);
  EXPECT_EQ(actors.carryover("bo"), 1000000 - 9500);
  const JournalAudit books = audit(actors.store());
  EXPECT_EQ(text_of(books.complaints), "");
  EXPECT_EQ(books.persons.at(PersonId{"an"}).carryover.count(), 1000000 - 9500);
}

TEST(HouseholdFailure, OthersAreUnaffected) {
  ActorsHarness actors{throwing()};
  actors.enrol_all({employee("an", 10000), employee("bo", 10000)});
  actors.store().hold();
  const Answer in_flight = actors.submit(settle("an", 1000, "m0"));
  actors.store().wait_until_held();
  EXPECT_TRUE(actors.submit(settle("an", 1, "bad")).unknown());
  EXPECT_EQ(actors.carryover("bo"), 10000) << "while an waits for his rebuilding";
  actors.store().release();
  EXPECT_EQ(actors.carryover("an"), 9000);
}

// The household cannot be read any more: its mail is answered, nobody hangs, and it heals when the
// store does.
TEST(HouseholdFailure, AndAnUnreadableStoreAnswersUnknown) {
  ActorsHarness actors{throwing()};
  actors.enrol_all({employee("an", 10000)});
  const HouseholdId home = actors.look_up("an").household;
  actors.store().refuse_to_load(home);
  EXPECT_TRUE(actors.submit(settle("an", 1, "bad")).unknown());
  EXPECT_TRUE(actors.submit(settle("an", 1000, "m1")).unknown());
  EXPECT_TRUE(actors.submit(person("an")).unknown());
  actors.store().refuse_to_load(home, false);
  EXPECT_EQ(actors.carryover("an"), 10000);
}

}  // namespace
}  // namespace gongji::actors::test
