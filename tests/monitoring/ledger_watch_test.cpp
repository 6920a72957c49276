#include "monitoring/ledger_watch.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "tests/app/gongjictl/support/journal_builder.hpp"

namespace gongji::monitoring {
namespace {

using namespace std::chrono_literals;

// Waits for what must come; only a hang can miss the deadline.
template <class Condition>
::testing::AssertionResult comes_true(Condition condition) {
  const auto deadline = std::chrono::steady_clock::now() + 60s;
  while (std::chrono::steady_clock::now() < deadline) {
    if (condition()) return ::testing::AssertionSuccess();
    std::this_thread::sleep_for(2ms);
  }
  return ::testing::AssertionFailure() << "did not happen";
}

class LedgerWatchTest : public testing::Test {
 protected:
  LedgerWatch::Say say() {
    return {[this](const std::string& sentence) {
      const std::lock_guard lock{mutex_};
      said_ += sentence + "\n";
    }};
  }
  std::string said() {
    const std::lock_guard lock{mutex_};
    return said_;
  }
  std::mutex mutex_;
  std::string said_;
};

std::vector<RecordPtr> records_of(const JournalStore& journal, Sequence from) {
  std::vector<RecordPtr> records;
  (void)journal.scan(from, [&](const RecordPtr& record) {
    records.push_back(record);
    return true;
  });
  return records;
}

TEST_F(LedgerWatchTest, reads_what_is_there_then_follows_what_becomes_durable) {
  auto story = ctl::family_story();
  LedgerWatch watch{story.journal(), 3, say()};
  ASSERT_TRUE(comes_true([&] { return watch.figures().live; }));
  EXPECT_EQ(watch.figures().records, 14U);
  const Sequence next = story.settle_from_own(1, "C", Fen{10'00}, Fen{10'00});
  watch.note(records_of(story.journal(), next));
  ASSERT_TRUE(comes_true([&] { return watch.figures().records == 15; }));
  ASSERT_TRUE(comes_true([&] { return watch.figures().lag_records == 0; }));
  EXPECT_EQ(watch.figures().imbalance_fen, 0);
  EXPECT_EQ(watch.figures().failures, 0U);
  EXPECT_GT(watch.figures().last_success_s, 1'700'000'000);
  EXPECT_EQ(said(), "");
}

TEST_F(LedgerWatchTest, an_imbalance_on_the_disk_is_found_and_told) {
  const auto story = ctl::family_story();
  const ctl::TamperedJournal tampered{story.journal(), [](JournalRecord& record) {
                                        if (record.sequence.number() == 14)
                                          record.balances[0].carryover += Fen{3};
                                        return true;
                                      }};
  LedgerWatch watch{tampered, 3, say()};
  ASSERT_TRUE(comes_true([&] { return watch.figures().imbalance_fen == 3; }));
  ASSERT_TRUE(comes_true([&] { return said() == "record 14 is off by 3 fen\n"; }));
}

TEST_F(LedgerWatchTest, an_imbalance_in_memory_is_found_as_well) {
  auto story = ctl::family_story();
  LedgerWatch watch{story.journal(), 3, say()};
  ASSERT_TRUE(comes_true([&] { return watch.figures().live; }));
  const Sequence next = story.settle_from_own(1, "C", Fen{10'00}, Fen{10'00});
  auto wrong = std::make_shared<JournalRecord>(*records_of(story.journal(), next).front());
  wrong->balances[0].carryover -= Fen{1};
  watch.note({wrong});
  EXPECT_TRUE(comes_true([&] { return watch.figures().imbalance_fen == 1; }));
}

TEST_F(LedgerWatchTest, it_follows_from_memory_although_records_never_stop_coming) {
  auto story = ctl::family_story();
  std::atomic<LedgerWatch*> noting{nullptr};
  // Whenever the journal was read to its end, another record is there already.
  class Busy final : public JournalStore {
   public:
    Busy(const JournalStore& journal, std::function<void()> after_scan)
        : journal_(journal), after_scan_(std::move(after_scan)) {}
    Status<StoreError> append(Epoch, std::span<const RecordPtr>) override { return StoreError{}; }
    Result<RecordPtr, StoreError> read(Sequence at) const override { return journal_.read(at); }
    Status<StoreError> scan(Sequence from,
                            const std::function<bool(const RecordPtr&)>& visit) const override {
      const auto done = journal_.scan(from, visit);
      after_scan_();
      return done;
    }
    [[nodiscard]] JournalHead head() const override { return journal_.head(); }

   private:
    const JournalStore& journal_;
    std::function<void()> after_scan_;
  };
  std::atomic<int> scans{0};
  const Busy busy{story.journal(), [&] {
                    ++scans;
                    const Sequence next = story.settle_from_own(1, "C", Fen{1'00}, Fen{1'00});
                    while (noting == nullptr) std::this_thread::yield();
                    noting.load()->note(records_of(story.journal(), next));
                  }};
  LedgerWatch watch{busy, 3, say()};
  noting = &watch;
  ASSERT_TRUE(comes_true([&] { return watch.figures().live && watch.figures().records == 15; }));
  EXPECT_EQ(watch.figures().lag_records, 0U);
  EXPECT_EQ(watch.figures().imbalance_fen, 0) << said();
  EXPECT_EQ(scans, 1) << "what came during the reading was kept";
}

TEST_F(LedgerWatchTest, a_journal_that_cannot_be_read_is_no_success) {
  class Broken final : public JournalStore {
   public:
    Status<StoreError> append(Epoch, std::span<const RecordPtr>) override { return StoreError{}; }
    Result<RecordPtr, StoreError> read(Sequence) const override { return StoreError{"gone"}; }
    Status<StoreError> scan(Sequence, const std::function<bool(const RecordPtr&)>&) const override {
      return StoreError{"the chain breaks at record 7"};
    }
    [[nodiscard]] JournalHead head() const override { return {Sequence{9}, Epoch{1}, {}}; }
  };
  const Broken broken;
  LedgerWatch watch{broken, 0, say()};
  ASSERT_TRUE(comes_true([&] { return watch.figures().failures > 0; }));
  EXPECT_EQ(watch.figures().last_success_s, 0);
  EXPECT_EQ(watch.figures().lag_records, 9U);
  EXPECT_TRUE(
      comes_true([&] { return said().find("the chain breaks at record 7") != said().npos; }));
}

TEST_F(LedgerWatchTest, a_store_of_many_accounts_is_read_part_by_part) {
  const auto story = ctl::year_story();
  LedgerWatch watch{story.journal(), 2 * LedgerWatch::kAccountsMax, say()};
  ASSERT_TRUE(comes_true([&] { return watch.figures().last_success_s > 0; }));
  EXPECT_GE(watch.figures().records, 3U * ctl::kYearStoryEnd);
  EXPECT_FALSE(watch.figures().live);
  EXPECT_EQ(watch.figures().imbalance_fen, 0) << said();
}

}  // namespace
}  // namespace gongji::monitoring
