// The copy for readers: complete up to its marker, never ahead of the disk, never past a household
// that did not answer.
#include "actors/hot_balance_projector.hpp"

#include <gtest/gtest.h>

#include <map>
#include <thread>

#include "stores/memory/memory_hot_balances.hpp"

namespace gongji::actors {
namespace {

// Households with one person each, whose balance is the number of the household's last record.
class Projector : public ::testing::Test {
 protected:
  void settle(std::uint64_t household, std::uint64_t sequence, bool durable = true) {
    auto record = std::make_shared<JournalRecord>();
    record->sequence = Sequence{sequence};
    record->household = HouseholdId{household};
    record->outcome = Events{};
    {
      const std::lock_guard lock{mutex};
      last[household] = sequence;
      if (durable) on_disk = sequence;
    }
    if (projector) projector->note({record});
  }
  void start() {
    projector.emplace(HotBalanceProjector::Ports{hot, [this] { return end_of_households(); },
                                                 [this] {
                                                   const std::lock_guard lock{mutex};
                                                   return Sequence{on_disk};
                                                 },
                                                 [this](HouseholdId household, const Then& then) {
                                                   look(household, then);
                                                 }},
                      Epoch{1});
  }
  std::uint64_t shown(std::uint64_t household) {
    const auto found = hot.read(PersonId{std::to_string(household)});
    return found && *found ? static_cast<std::uint64_t>((*found)->carryover.count()) : 0;
  }
  std::uint64_t marker() {
    const auto found = hot.marker();
    return found && *found ? (*found)->number() : 0;
  }
  template <class Condition>
  static bool comes(Condition condition) {
    for (int i = 0; i < 30000 && !condition(); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
    return condition();
  }

  using Then = std::function<void(HotHousehold)>;
  HouseholdId end_of_households() {
    const std::lock_guard lock{mutex};
    return HouseholdId{last.empty() ? 1 : last.rbegin()->first + 1};
  }
  void look(HouseholdId household, const Then& then) {
    const std::lock_guard lock{mutex};
    if (household.number() == silent) return;
    const std::uint64_t sequence = last[household.number()];
    HotHousehold view{household, {}, Sequence{sequence}, {}};
    const auto balance = Fen{static_cast<std::int64_t>(sequence)};
    if (sequence > 0)
      view.persons.push_back({PersonId{std::to_string(household.number())}, Fen{}, balance, Fen{}});
    then(std::move(view));
  }

  std::mutex mutex;
  std::map<std::uint64_t, std::uint64_t> last;
  std::uint64_t on_disk = 0;
  std::atomic<std::uint64_t> silent{0};  // this household does not answer
  stores::MemoryHotBalances hot;
  std::optional<HotBalanceProjector> projector;
};

TEST_F(Projector, CopiesEverythingFirstAndThenWhatChanges) {
  settle(1, 1);
  settle(3, 2);  // household 2 was never used
  start();
  EXPECT_TRUE(comes([&] { return marker() == 2; }));
  EXPECT_EQ(shown(1), 1u);
  EXPECT_EQ(shown(3), 2u);
  settle(1, 3);
  EXPECT_TRUE(comes([&] { return marker() == 3; }));
  EXPECT_EQ(shown(1), 3u);
  EXPECT_TRUE(comes([&] { return projector->figures().lag_records == 0; }));
  EXPECT_TRUE(projector->figures().up);
}

TEST_F(Projector, TheMarkerDoesNotPassAHouseholdThatDidNotAnswer) {
  settle(1, 1);
  settle(2, 2);
  start();
  EXPECT_TRUE(comes([&] { return marker() == 2; }));
  silent = 2;
  settle(2, 3);
  std::this_thread::sleep_for(std::chrono::milliseconds{50});
  EXPECT_EQ(marker(), 2u);
  EXPECT_EQ(projector->figures().lag_records, 1u);
  silent = 0;
  EXPECT_TRUE(comes([&] { return marker() == 3; }));
  EXPECT_EQ(shown(2), 3u);
}

TEST_F(Projector, ShowsNothingThatIsNotOnTheDisk) {
  settle(1, 1);
  start();
  EXPECT_TRUE(comes([&] { return marker() == 1; }));
  {
    const std::lock_guard lock{mutex};
    last[1] = 5;  // the actor is ahead
  }
  settle(2, 2);
  auto nudge = std::make_shared<JournalRecord>();
  nudge->sequence = Sequence{3};
  nudge->household = HouseholdId{1};
  nudge->outcome = Events{};
  projector->note({nudge});
  std::this_thread::sleep_for(std::chrono::milliseconds{50});
  EXPECT_EQ(shown(1), 1u);
  {
    const std::lock_guard lock{mutex};
    on_disk = 5;
  }
  EXPECT_TRUE(comes([&] { return shown(1) == 5; }));
}

TEST_F(Projector, AnEmptiedCopyIsMadeAgain) {
  settle(1, 1);
  start();
  EXPECT_TRUE(comes([&] { return marker() == 1; }));
  (void)hot.set_marker(Epoch{1}, Sequence{});  // went back in time
  settle(1, 2);
  EXPECT_TRUE(comes([&] { return marker() == 2 && shown(1) == 2; }));
  EXPECT_TRUE(comes([&] { return projector->figures().rebuilds == 2; }));
}

TEST_F(Projector, StopsWhateverItWaitsFor) {
  settle(1, 1, false);  // never durable
  start();
  projector->stop();
  projector->stop();
  EXPECT_EQ(projector->figures().rebuilds, 0u) << "it waited for what never became durable";
}

}  // namespace
}  // namespace gongji::actors
