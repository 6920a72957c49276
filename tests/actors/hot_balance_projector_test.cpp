// The copy for readers: complete up to its marker, filled from the journal when it lacks something,
// never turned back.
#include "actors/hot_balance_projector.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <thread>

#include "config/policy_holder.hpp"
#include "stores/memory/memory_hot_balances.hpp"
#include "stores/memory/memory_store.hpp"

namespace gongji::actors {
namespace {

using namespace std::chrono_literals;

// A copy that can be away.
class SwitchedHotBalances final : public HotBalances {
 public:
  std::atomic<bool> away{false};
  // The next write is answered and lost: the server dies of it, and is back for the one after.
  std::atomic<bool> dies_of_the_next_write{false};
  std::atomic<unsigned> applied{0};
  std::atomic<unsigned> refused_fills{0};
  std::function<void()> at_next_fill;  // called once, on the projector's thread
  stores::MemoryHotBalances inner;

  void apply(HotBatch households, HotThen<HotApplied> then) override {
    if (away) return then(gone());
    if (dies_of_the_next_write.exchange(false))
      return connection_breaks_ = true, then(HotApplied{});
    applied += static_cast<unsigned>(households->size());
    inner.apply(std::move(households), std::move(then));
  }
  void fill(HotBatch households, HotMarker fence, HotThen<HotApplied> then) override {
    if (away) return then(gone());
    applied += static_cast<unsigned>(households->size());
    if (at_next_fill) std::exchange(at_next_fill, nullptr)();
    inner.fill(std::move(households), std::move(fence),
               [this, then = std::move(then)](const Result<HotApplied, StoreError>& written) {
                 if (!written) ++refused_fills;
                 then(written);
               });
  }
  void find_marker(HotThen<std::optional<HotMarker>> then) override {
    if (away) return then(gone());
    inner.find_marker(std::move(then));
  }
  void move_marker(std::optional<HotMarker> from, HotMarker to, HotThen<bool> then) override {
    if (away || connection_breaks_.exchange(false)) return then(gone());
    inner.move_marker(std::move(from), std::move(to), std::move(then));
  }
  void clear(HotThen<Done> then) override { inner.clear(std::move(then)); }
  void find_person(const PersonId& person, HotMarker at_least,
                   HotThen<std::optional<HotPersonFound>> then) override {
    inner.find_person(person, std::move(at_least), std::move(then));
  }
  void find_household(HouseholdId household, HotThen<std::optional<HotHousehold>> then) override {
    inner.find_household(household, std::move(then));
  }

 private:
  static StoreError gone() { return {"away"}; }
  std::atomic<bool> connection_breaks_{false};
};

// Counts the households that are read from the store.
class CountedIndex final : public JournalIndex {
 public:
  explicit CountedIndex(JournalIndex& inner) : inner_(inner) {}
  std::atomic<unsigned> loaded{0};

  Result<HouseholdImage, StoreError> load(HouseholdId household) const override {
    ++const_cast<CountedIndex*>(this)->loaded;
    return inner_.load(household);
  }
  Status<StoreError> index(std::span<const RecordPtr> records) override {
    return inner_.index(records);
  }
  Result<std::optional<Sequence>, StoreError> find_key(const KeyHash& key) const override {
    return inner_.find_key(key);
  }
  Result<std::optional<PersonId>, StoreError> find_enrolled(const KeyHash& key) const override {
    return inner_.find_enrolled(key);
  }
  Result<std::optional<HouseholdId>, StoreError> find_person(const PersonId& id) const override {
    return inner_.find_person(id);
  }
  Result<std::optional<Sequence>, StoreError> find_newest(HouseholdId id) const override {
    return inner_.find_newest(id);
  }
  Result<std::vector<Sequence>, StoreError> marked(MarkKind kind, Sequence after,
                                                   std::size_t limit) const override {
    return inner_.marked(kind, after, limit);
  }
  Result<std::vector<PersonId>, StoreError> persons_after(const PersonId& after,
                                                          std::size_t limit) const override {
    return inner_.persons_after(after, limit);
  }
  std::uint64_t persons_estimate() const override { return inner_.persons_estimate(); }
  void save_snapshot(const HouseholdImage& image) override { inner_.save_snapshot(image); }
  std::vector<OpenTransfer> open_transfers() const override { return inner_.open_transfers(); }
  HouseholdId next_household() const override { return inner_.next_household(); }

 private:
  JournalIndex& inner_;
};

// Households with one person each, enrolled with one fen; every later record credits one more.
class Projector : public ::testing::Test {
 protected:
  void start() {
    index.emplace(*store);
    projector.emplace(hot, HotFiller::Ports{*store, *index, policies}, store->head().epoch,
                      options);
  }
  void restart() {
    projector.reset();
    store.reset();
    store = open();
    start();
  }
  std::unique_ptr<stores::MemoryStore> open() {
    auto opened = stores::open_memory_store(disk);
    return std::move(*opened);
  }
  void credit(std::uint64_t household) {
    const RecordPtr record = next_record(household);
    (void)store->append(store->head().epoch, {&record, 1});
    (void)store->index({&record, 1});
    if (projector) projector->note(record->sequence, {state_of(household, *record)});
  }
  RecordPtr next_record(std::uint64_t household) {
    auto record = std::make_shared<JournalRecord>();
    record->sequence = store->head().durable.next();
    record->epoch = store->head().epoch;
    record->household = HouseholdId{household};
    record->previous = Sequence{last[household]};
    last[household] = record->sequence.number();
    Person person;
    person.id = id_of(household);
    person.carryover = Fen{balances[household] + 1};
    if (balances[household]++ == 0)
      record->outcome = Events{PersonEnrolled{person}};
    else
      record->outcome = Events{AccountCredited{person.id, Bucket::kCarryover, Fen{1}, 0, ""}};
    record->balances = {{person.id, Fen{}, Fen{balances[household]}}};
    return record;
  }
  HotHousehold state_of(std::uint64_t household, const JournalRecord& record) {
    HotHousehold state{HouseholdId{household},
                       record.epoch,
                       record.sequence,
                       CivilDate{std::chrono::year{9999} / 12 / 31},
                       {}};
    state.persons.push_back({id_of(household), Fen{}, Fen{balances[household]}, Fen{}});
    if (balances[household] != 1) return state;
    state.persons.back().details.emplace().until = state.until;
    return state;
  }
  static PersonId id_of(std::uint64_t household) { return PersonId{std::to_string(household)}; }
  std::int64_t shown(std::uint64_t household) {
    std::int64_t carryover = 0;
    hot.inner.find_person(id_of(household), {}, [&](auto found) {
      if (found && *found) carryover = (*found)->carryover.count();
    });
    return carryover;
  }
  std::uint64_t marker() {
    std::uint64_t at = 0;
    hot.inner.find_marker([&](auto found) {
      if (found && *found) at = (*found)->sequence.number();
    });
    return at;
  }
  template <class Condition>
  static bool comes(Condition condition) {
    for (int i = 0; i < 30'000 && !condition(); ++i) std::this_thread::sleep_for(1ms);
    return condition();
  }
  bool whole() {
    return comes([&] {
      const ProjectorFigures figures = projector->figures();
      return figures.up && figures.lag_records == 0;
    });
  }

  // So many households are in the copy; its marker.
  HotMarker copied(std::uint64_t households) {
    for (std::uint64_t household = 1; household <= households; ++household) credit(household);
    start();
    EXPECT_TRUE(whole());
    HotMarker marked;
    hot.inner.find_marker([&](auto found) { marked = found->value(); });
    return marked;
  }

  std::shared_ptr<stores::MemoryDisk> disk = std::make_shared<stores::MemoryDisk>();
  std::unique_ptr<stores::MemoryStore> store = open();
  config::PolicyHolder policies{Policy{}};
  ProjectorOptions options{0ms, 1'000, 0};
  SwitchedHotBalances hot;
  std::optional<CountedIndex> index;
  std::map<std::uint64_t, std::uint64_t> last;
  std::map<std::uint64_t, std::int64_t> balances;
  std::optional<HotBalanceProjector> projector;
};

// A server that dies between a write and its marker may come back without the write, from its disk
// or as a replica that had not heard of it; its marker still stands where it was left.
TEST_F(Projector, WhatWasWrittenBeforeALostMarkerIsWrittenAgain) {
  credit(1);
  start();
  ASSERT_TRUE(whole());
  hot.dies_of_the_next_write = true;
  credit(1);
  ASSERT_TRUE(comes([&] { return marker() == 2; }));
  EXPECT_EQ(shown(1), 2);
}

TEST_F(Projector, CopiesEverythingFirstAndThenWhatChanges) {
  credit(1);
  credit(3);  // household 2 was never used
  start();
  ASSERT_TRUE(whole());
  EXPECT_EQ(shown(1), 1);
  EXPECT_EQ(shown(3), 1);
  credit(1);
  EXPECT_TRUE(comes([&] { return marker() == 3; }));
  EXPECT_EQ(shown(1), 2);
  EXPECT_EQ(projector->figures().rebuilds, 1u);
}

TEST_F(Projector, WhatChangedWhileTheCopyWasAwayIsWrittenOnceWithoutReadingTheJournal) {
  credit(1);
  start();
  ASSERT_TRUE(whole());
  hot.away = true;
  for (int i = 0; i < 50; ++i) credit(1);
  EXPECT_TRUE(comes([&] { return !projector->figures().up; }));
  EXPECT_GE(projector->figures().lag_records, 50u);
  const unsigned before = hot.applied;
  hot.away = false;
  ASSERT_TRUE(whole());
  EXPECT_EQ(shown(1), 51);
  EXPECT_EQ(hot.applied - before, 1u) << "one household, one write";
  EXPECT_EQ(projector->figures().catch_ups, 0u);
}

TEST_F(Projector, MoreThanTheBacklogHoldsIsReadFromTheJournalAgain) {
  options.backlog_max = 10;
  credit(1);
  start();
  ASSERT_TRUE(whole());
  hot.away = true;
  EXPECT_TRUE(comes([&] { return !projector->figures().up || (credit(1), false); }));
  for (std::uint64_t household = 2; household < 60; ++household) {
    credit(household);
    EXPECT_LE(projector->figures().backlog_households, 11u);
  }
  hot.away = false;
  ASSERT_TRUE(whole());
  for (std::uint64_t household = 2; household < 60; ++household) EXPECT_EQ(shown(household), 1);
  EXPECT_EQ(projector->figures().rebuilds, 1u);
}

TEST_F(Projector, AnEmptiedCopyIsMadeAgain) {
  credit(1);
  start();
  ASSERT_TRUE(whole());
  hot.inner.clear([](auto) {});
  credit(2);
  EXPECT_TRUE(comes([&] { return marker() == 2 && shown(1) == 1 && shown(2) == 1; }));
  EXPECT_TRUE(comes([&] { return projector->figures().rebuilds == 2; }));
}

TEST_F(Projector, WhatItKnowsItWritesAgainWithoutReadingTheStore) {
  for (std::uint64_t household = 1; household <= 20; ++household) credit(household);
  start();
  ASSERT_TRUE(whole());
  for (std::uint64_t household = 15; household <= 40; ++household) credit(household);
  ASSERT_TRUE(whole());
  EXPECT_EQ(index->loaded, 20u) << "those of before its time";
  hot.inner.clear([](auto) {});
  credit(1);
  EXPECT_TRUE(comes([&] { return projector->figures().rebuilds == 2; }));
  ASSERT_TRUE(whole());
  EXPECT_EQ(index->loaded, 20u);
  EXPECT_EQ(shown(1), 2);
  EXPECT_EQ(shown(15), 2);
  EXPECT_EQ(shown(40), 1);
}

TEST_F(Projector, WhatItHasNoRoomForItReads) {
  options.views_max = 5;
  for (std::uint64_t household = 1; household <= 20; ++household) credit(household);
  start();
  ASSERT_TRUE(whole());
  hot.inner.clear([](auto) {});
  credit(7);
  EXPECT_TRUE(comes([&] { return projector->figures().rebuilds == 2; }));
  ASSERT_TRUE(whole());
  for (std::uint64_t household = 1; household <= 20; ++household)
    EXPECT_EQ(shown(household), household == 7 ? 2 : 1);
}

// So many records that looking at every household is less than reading them.
TEST_F(Projector, ACopyThatWentFarBackIsGivenTheHouseholdsThatChanged) {
  const HotMarker marked = copied(20);
  for (int i = 0; i < 30; ++i) credit(7);
  credit(9);
  ASSERT_TRUE(whole());
  hot.inner.move_marker({}, marked, [](auto) {});
  const unsigned before = hot.applied;
  credit(8);
  EXPECT_TRUE(comes([&] { return marker() == 52; }));
  EXPECT_EQ(shown(8), 2);
  EXPECT_EQ(projector->figures().rebuilds, 1u);
  EXPECT_LE(hot.applied - before, 6u) << "households 7, 8 and 9, not all twenty";
}

TEST_F(Projector, ACopyThatWentBackInTimeGetsWhatItLacksAndNoMore) {
  const HotMarker marked = copied(20);
  credit(7);
  ASSERT_TRUE(whole());
  EXPECT_TRUE(comes([&] { return marker() == 21; }));
  hot.inner.move_marker({}, marked, [](auto) {});
  const unsigned before = hot.applied;
  credit(8);
  EXPECT_TRUE(comes([&] { return marker() == 22; }));
  EXPECT_EQ(shown(8), 2);
  EXPECT_EQ(projector->figures().rebuilds, 1u);
  EXPECT_LE(hot.applied - before, 5u) << "households 7 and 8, not all twenty";
}

// Settlements go on while the records are read that it lacks.
TEST_F(Projector, WhatChangesWhileACopyCatchesUpIsWrittenAtTheFirstAttempt) {
  const HotMarker marked = copied(20);
  credit(7);
  ASSERT_TRUE(whole());
  hot.at_next_fill = [this] { credit(9); };
  hot.inner.move_marker({}, marked, [](auto) {});
  credit(8);
  EXPECT_TRUE(comes([&] { return marker() == 23; }));
  EXPECT_EQ(shown(9), 2);
  EXPECT_EQ(hot.refused_fills, 0u);
}

TEST_F(Projector, ARestartWithAnIntactMarkerWritesOnlyWhatChangedSince) {
  for (std::uint64_t household = 1; household <= 20; ++household) credit(household);
  start();
  ASSERT_TRUE(whole());
  projector.reset();
  credit(5);  // durable, and the process ended before it was projected
  const unsigned before = hot.applied;
  restart();
  ASSERT_TRUE(whole());
  EXPECT_EQ(shown(5), 2);
  EXPECT_EQ(hot.applied - before, 1u);
  EXPECT_EQ(projector->figures().rebuilds, 0u);
}

TEST_F(Projector, AnotherJournalsCopyIsClearedAtTheStart) {
  credit(1);
  HotHousehold ghost;
  ghost.household = HouseholdId{99};
  ghost.persons.push_back({PersonId{"ghost"}, Fen{}, Fen{5}, Fen{}, true, HotDetails{}});
  hot.inner.apply(std::make_shared<const std::vector<HotHousehold>>(1, ghost), [](auto) {});
  hot.inner.move_marker({}, {"another journal", Epoch{9}, Sequence{500}}, [](auto) {});
  start();
  ASSERT_TRUE(whole());
  EXPECT_EQ(shown(1), 1);
  bool there = true;
  hot.inner.find_person(PersonId{"ghost"}, {}, [&](auto found) { there = found->has_value(); });
  EXPECT_FALSE(there);
}

TEST_F(Projector, LeavesTheCopyToANewerOwner) {
  credit(1);
  start();
  ASSERT_TRUE(whole());
  HotMarker marked;
  hot.inner.find_marker([&](auto found) { marked = found->value(); });
  marked.epoch = Epoch{marked.epoch.number() + 1};
  hot.inner.move_marker({}, marked, [](auto) {});
  credit(1);
  EXPECT_TRUE(comes([&] { return !projector->figures().up; }));
  HotMarker stands;
  hot.inner.find_marker([&](auto found) { stands = found->value(); });
  EXPECT_EQ(stands, marked);
}

TEST_F(Projector, SaysWhichHouseholdsItHasNotWritten) {
  credit(1);
  start();
  ASSERT_TRUE(whole());
  EXPECT_TRUE(projector->settled(HouseholdId{1}));
  hot.away = true;
  credit(1);
  EXPECT_FALSE(projector->settled(HouseholdId{1}));
  EXPECT_TRUE(comes([&] { return !projector->confirmed(); })) << "nothing is sure any more";
}

TEST_F(Projector, StopsWhateverItWaitsFor) {
  hot.away = true;
  credit(1);
  start();
  projector->stop();
  projector->stop();
  EXPECT_EQ(projector->figures().rebuilds, 0u);
}

}  // namespace
}  // namespace gongji::actors
