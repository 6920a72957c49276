// The journal writer step by step, without its thread: places, groups, the gate, what comes after.
#include "actors/journal_writer.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "tests/actors/actors_harness.hpp"

namespace gongji::actors::test {
namespace {

class Writer : public ::testing::Test {
 protected:
  EnvelopePtr mail(const Answer& answer) {
    auto made = std::make_shared<Envelope>();
    made->ticket = ticket_of(answer, &gate);
    return made;
  }
  static std::shared_ptr<JournalRecord> tombstone() {
    auto record = std::make_shared<JournalRecord>();
    record->command = TombstoneCommand{};
    record->outcome = Events{};
    return record;
  }

  SwitchStore store{std::make_shared<stores::MemoryDisk>()};
  GateWatch gate{store};
  NoMetrics metrics;
  unsigned fatal = 0;
  JournalWriter writer{store, store, metrics, [this](const std::string&) { ++fatal; }};
  Answer first, second, third;
};

TEST_F(Writer, GivesPlacesWithoutAGapAndWritesWhatIsThereAsOneGroup) {
  EXPECT_EQ(writer.submit(tombstone(), mail(first)), Sequence{1});
  EXPECT_EQ(writer.submit(tombstone(), mail(second)), Sequence{2});
  EXPECT_EQ(writer.durable(), Sequence{});
  EXPECT_FALSE(first.arrived());
  EXPECT_TRUE(writer.run_once());
  EXPECT_EQ(store.appends(), 1u);
  EXPECT_EQ(writer.durable(), Sequence{2});
  EXPECT_EQ(first.applied()->sequence, Sequence{1});
  EXPECT_EQ(second.applied()->epoch, store.head().epoch);
  EXPECT_FALSE(writer.run_once());
}

TEST(WriterMetrics, CountWhatEachDecisionWaitedForTheDiskAndNothingElse) {
  struct CommitMetrics final : NoMetrics {
    void stage(Stage stage, double seconds) override {
      ASSERT_EQ(stage, Stage::kCommit);
      waited.push_back(seconds);
    }
    std::vector<double> waited;
  } metrics;
  SwitchStore store{std::make_shared<stores::MemoryDisk>()};
  JournalWriter writer{store, store, metrics, [](const std::string&) {}};
  const auto now = std::chrono::steady_clock::now();
  for (const auto ago : {std::chrono::seconds{60}, std::chrono::seconds{5}}) {
    auto decided = std::make_shared<Envelope>();
    decided->hops.decided_at = now - ago;
    writer.submit(std::make_shared<JournalRecord>(), decided);
  }
  writer.submit(std::make_shared<JournalRecord>(), std::make_shared<Envelope>());
  EXPECT_TRUE(writer.run_once());
  ASSERT_EQ(metrics.waited.size(), 2u);
  EXPECT_GE(metrics.waited[0], 60);
  EXPECT_GE(metrics.waited[1], 5);
  EXPECT_LT(metrics.waited[1], 60);
}

TEST_F(Writer, AReadWaitsForWhatItSawAndNoLonger) {
  const Sequence seen = writer.submit(tombstone(), mail(first));
  writer.answer_after(seen, mail(second), MessageFound{});
  writer.answer_after(Sequence{}, mail(third), MessageFound{});
  EXPECT_TRUE(third.arrived());
  EXPECT_FALSE(second.arrived());
  EXPECT_TRUE(writer.run_once());
  EXPECT_TRUE(second.arrived());
  const Answer later;
  writer.answer_after(seen, mail(later), MessageFound{});
  EXPECT_TRUE(later.arrived());
}

TEST_F(Writer, SnapshotsAndTheNextHopComeAfterTheIndex) {
  std::vector<RecordPtr> handed_on;
  writer.set_after_commit([&](const std::vector<RecordPtr>& records) {
    handed_on = records;
    EXPECT_TRUE(store.find_key(key_hash("k"))->has_value());
  });
  auto record = tombstone();
  record->keys = {key_hash("k")};
  writer.submit(record, mail(first), HouseholdImage{});
  EXPECT_EQ(store.snapshots(), 0u);
  EXPECT_TRUE(writer.run_once());
  EXPECT_EQ(store.snapshots(), 1u);
  ASSERT_EQ(handed_on.size(), 1u);
}

TEST_F(Writer, HoldsWhatTheEnvelopeHoldsUntilTheIndexKnowsTheRecord) {
  const InflightCount count = std::make_shared<std::atomic<unsigned>>(0);
  bool indexed = false;
  writer.set_after_commit([&](const std::vector<RecordPtr>&) {
    EXPECT_TRUE(first.arrived());
    EXPECT_EQ(*count, 1u);
    indexed = true;
  });
  EnvelopePtr envelope = mail(first);
  envelope->inflight = InflightToken{count};
  writer.submit(tombstone(), std::move(envelope));
  EXPECT_TRUE(writer.run_once());
  EXPECT_TRUE(indexed);
  EXPECT_EQ(*count, 0u);
}

TEST_F(Writer, AfterAFailureNothingIsAnswered) {
  store.fail_append(1);
  const Sequence seen = writer.submit(tombstone(), mail(first));
  EXPECT_TRUE(writer.run_once());
  writer.answer_after(seen, mail(second), MessageFound{});
  writer.submit(tombstone(), mail(third));
  EXPECT_TRUE(writer.run_once());
  for (const Answer& answer : {first, second, third}) EXPECT_TRUE(answer.unknown());
  EXPECT_EQ(fatal, 1u);
  EXPECT_EQ(store.head().durable, Sequence{});
  writer.wait_until_indexed(Sequence{99});  // returns
}

TEST_F(Writer, WaitingForTheIndexEndsWhenItKnows) {
  writer.wait_until_indexed(Sequence{});
  writer.start();
  store.hold();
  const Sequence sequence = writer.submit(tombstone(), mail(first));
  std::thread waiting{[&] { writer.wait_until_indexed(sequence); }};
  store.wait_until_held();
  store.release();
  waiting.join();
  EXPECT_TRUE(first.arrived());
}

TEST_F(Writer, StoppingWritesWhatIsQueued) {
  writer.start();
  for (int i = 0; i < 100; ++i) writer.submit(tombstone(), mail(Answer{}));
  writer.submit(tombstone(), mail(first));
  writer.stop();
  EXPECT_EQ(first.applied()->sequence, Sequence{101});
}

TEST_F(Writer, ContinuesWhereTheJournalEnds) {
  writer.submit(tombstone(), mail(first));
  EXPECT_TRUE(writer.run_once());
  JournalWriter next{store, store, metrics, [](const std::string&) {}};
  EXPECT_EQ(next.durable(), Sequence{1});
  next.wait_until_indexed(Sequence{1});
  EXPECT_EQ(next.submit(tombstone(), mail(second)), Sequence{2});
  EXPECT_EQ(gate.broken(), 0u);
}

}  // namespace
}  // namespace gongji::actors::test
