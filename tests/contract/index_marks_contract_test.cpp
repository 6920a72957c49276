// What every JournalIndex must say of marks (ports/journal_index.hpp).
#include <algorithm>
#include <atomic>
#include <random>
#include <set>
#include <thread>

#include "tests/contract/store_contract.hpp"

namespace gongji::stores::testing {
namespace {

constexpr std::size_t kAll = 1'000'000;

class MarksContract : public StoreContract {
 protected:
  void SetUp() override {
    StoreContract::SetUp();
    write({history_.enrol(kWang, "wang", Fen{10'000})});
  }
  [[nodiscard]] std::vector<Sequence> marked(MarkKind kind, Sequence after = {},
                                             std::size_t limit = kAll) const {
    const auto found = store_->marked(kind, after, limit);
    EXPECT_TRUE(found.ok()) << found.error().message;
    return found.ok() ? *found : std::vector<Sequence>{};
  }
  Sequence order() {
    const RecordPtr record = history_.order(kWang, "wang");
    write({record});
    return record->sequence;
  }
  void answer(Sequence order) { write({history_.answer(order)}); }
  // Enough for several writings-out of the index.
  void settle_often(int times = 10) {
    for (int i = 0; i < times; ++i) write({history_.settle(kWang, "wang", Fen{1})});
  }
};

using Sequences = std::vector<Sequence>;

INSTANTIATE_TEST_SUITE_P(Stores, MarksContract, ::testing::ValuesIn(places()), name_of);

TEST_P(MarksContract, NothingIsMarkedAtFirst) {
  for (const MarkKind kind :
       {MarkKind::kSuspense, MarkKind::kReview, MarkKind::kTaxRequest, MarkKind::kInsurerRequest})
    EXPECT_TRUE(marked(kind).empty());
}

TEST_P(MarksContract, AMarkIsFoundUntilItIsClosed) {
  const Sequence first = order();
  const Sequence second = order();
  EXPECT_EQ(marked(MarkKind::kTaxRequest), (Sequences{first, second}));
  answer(first);
  EXPECT_EQ(marked(MarkKind::kTaxRequest), Sequences{second});
  answer(second);
  EXPECT_TRUE(marked(MarkKind::kTaxRequest).empty());
}

TEST_P(MarksContract, KindsAreKeptApart) {
  const Sequence ordered = order();
  write({history_.review(kWang, "wang")});
  const Sequence reviewed = ordered.next();
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(marked(MarkKind::kTaxRequest), Sequences{ordered});
    EXPECT_EQ(marked(MarkKind::kReview), Sequences{reviewed});
    EXPECT_TRUE(marked(MarkKind::kSuspense).empty());
    EXPECT_TRUE(marked(MarkKind::kInsurerRequest).empty());
    settle_often();
  }
}

TEST_P(MarksContract, AnOldMarkStaysAndItsClosingHidesItForGood) {
  const Sequence old = order();
  settle_often();  // in the database by now
  EXPECT_EQ(marked(MarkKind::kTaxRequest), Sequences{old});
  answer(old);
  EXPECT_TRUE(marked(MarkKind::kTaxRequest).empty());
  for (int i = 0; i < 10; ++i) {
    settle_often(1);
    EXPECT_TRUE(marked(MarkKind::kTaxRequest).empty());
  }
  reopen();
  EXPECT_TRUE(marked(MarkKind::kTaxRequest).empty());
}

TEST_P(MarksContract, ReopeningFindsTheSameMarks) {
  const Sequence old = order();
  const Sequence answered = order();
  settle_often();
  answer(answered);
  const Sequence recent = order();
  for (int round = 0; round < 2; ++round) {
    reopen();
    EXPECT_EQ(marked(MarkKind::kTaxRequest), (Sequences{old, recent}));
  }
  close();
  place_->lose_index();
  reopen();
  EXPECT_EQ(marked(MarkKind::kTaxRequest), (Sequences{old, recent}));
}

TEST_P(MarksContract, PagesStartBehindAMarkAndEndAtTheLimit) {
  Sequences orders;
  for (int i = 0; i < 9; ++i) orders.push_back(order());
  EXPECT_EQ(marked(MarkKind::kTaxRequest, {}, 2), (Sequences{orders[0], orders[1]}));
  EXPECT_EQ(marked(MarkKind::kTaxRequest, orders[1], 3),
            (Sequences{orders[2], orders[3], orders[4]}));
  EXPECT_EQ(marked(MarkKind::kTaxRequest, orders[6]), (Sequences{orders[7], orders[8]}));
  EXPECT_TRUE(marked(MarkKind::kTaxRequest, orders[8]).empty());
  EXPECT_TRUE(marked(MarkKind::kTaxRequest, {}, 0).empty());
}

// Whatever lies in the database, on its way there and still in memory: all of it is one list.
TEST_P(MarksContract, PagesAreThoseOfAModelAtEveryTime) {
  std::mt19937 random{20261123};
  std::set<Sequence> open;
  const auto in_model = [&](Sequence after, std::size_t limit) {
    Sequences expected;
    for (auto at = open.upper_bound(after); at != open.end() && expected.size() < limit; ++at)
      expected.push_back(*at);
    return expected;
  };
  for (int step = 0; step < 150; ++step) {
    if (open.empty() || random() % 5 < 3) {
      open.insert(order());
    } else {
      const auto chosen = std::next(open.begin(), static_cast<int>(random() % open.size()));
      answer(*chosen);
      open.erase(chosen);
    }
    const Sequence after{random() % (store_->head().durable.number() + 1)};
    const std::size_t limit = 1 + random() % 6;
    ASSERT_EQ(marked(MarkKind::kTaxRequest, after, limit), in_model(after, limit)) << step;
    ASSERT_EQ(marked(MarkKind::kTaxRequest), in_model({}, kAll)) << step;
    if (step % 50 == 49) reopen();
  }
}

TEST_P(MarksContract, LookingWhileIndexingNeverMissesAndNeverRevives) {
  const Sequence stays = order();
  const Sequence closed = order();
  settle_often();
  answer(closed);
  std::atomic<bool> stop{false};
  std::atomic<int> failures{0};
  std::thread other{[&] {
    while (!stop) {
      const Sequences found = marked(MarkKind::kTaxRequest);
      const auto has = [&](Sequence mark) { return std::count(found.begin(), found.end(), mark); };
      if (has(stays) != 1 || has(closed) != 0 || !std::is_sorted(found.begin(), found.end()))
        ++failures;
    }
  }};
  for (int i = 0; i < 60; ++i) {
    const Sequence asked = order();
    settle_often(i % 5);
    answer(asked);
  }
  stop = true;
  other.join();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(marked(MarkKind::kTaxRequest), Sequences{stays});
}

}  // namespace
}  // namespace gongji::stores::testing
