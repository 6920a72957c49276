// What every JournalIndex must do (ports/journal_index.hpp).
#include <algorithm>
#include <thread>

#include "tests/contract/store_contract.hpp"

namespace gongji::stores::testing {

namespace {

class IndexContract : public StoreContract {
 protected:
  void write_families() {
    write({history_.enrol(kWang, "wang", Fen{10'000}), history_.enrol(kWang, "mei", Fen{700})});
    write({history_.enrol(kLi, "li", Fen{500}), history_.settle(kWang, "wang", Fen{300})});
    write({history_.refuse(kLi), history_.tombstone(), history_.settle(kLi, "li", Fen{200})});
  }
  [[nodiscard]] std::optional<Sequence> key(Sequence sequence) const {
    return store_->find_key(History::key_of(sequence)).value();
  }
  [[nodiscard]] std::optional<PersonId> enrolled(Sequence sequence) const {
    return store_->find_enrolled(History::key_of(sequence)).value();
  }
  [[nodiscard]] std::optional<HouseholdId> home(const char* person) const {
    return store_->find_person(PersonId{person}).value();
  }
  // "from -> to, departed with record", each.
  [[nodiscard]] std::vector<std::string> transfers() const {
    std::vector<std::string> open;
    for (const auto& [from, to, departed] : store_->open_transfers())
      open.push_back(std::to_string(from.number()) + " -> " + std::to_string(to.number()) +
                     ", departed with " + std::to_string(departed.number()));
    return open;
  }
  void append_only(const std::vector<RecordPtr>& records) {
    const auto appended = store_->append(store_->head().epoch, records);
    ASSERT_TRUE(appended.ok()) << appended.error().message;
  }
  [[nodiscard]] std::string index_error(const std::vector<RecordPtr>& records) {
    const auto indexed = store_->index(records);
    return indexed.ok() ? "" : indexed.error().message;
  }
  void expect_all_found() {
    for (const RecordPtr& record : history_.records())
      EXPECT_EQ(key(record->sequence), record->sequence);
    EXPECT_EQ(home("wang"), kWang);
    EXPECT_EQ(home("mei"), kWang);
    EXPECT_EQ(home("li"), kLi);
    for (const HouseholdId household : {kWang, kLi}) {
      const auto loaded = store_->load(household);
      ASSERT_TRUE(loaded.ok()) << loaded.error().message;
      EXPECT_EQ(*loaded, history_.image(household));
    }
    EXPECT_EQ(store_->next_household(), HouseholdId{3});
  }
};

INSTANTIATE_TEST_SUITE_P(Stores, IndexContract, ::testing::ValuesIn(places()), name_of);

TEST_P(IndexContract, ANewIndexFindsNothing) {
  EXPECT_EQ(key(Sequence{1}), std::nullopt);
  EXPECT_EQ(home("wang"), std::nullopt);
  EXPECT_EQ(store_->next_household(), HouseholdId{1});
  EXPECT_TRUE(transfers().empty());
  const auto unknown = store_->load(HouseholdId{99});
  ASSERT_TRUE(unknown.ok());
  EXPECT_TRUE(unknown->state.persons.empty());
  EXPECT_TRUE(unknown->last_sequence.is_none());
}

TEST_P(IndexContract, WhatIsIndexedIsFound) {
  write_families();
  expect_all_found();
}

TEST_P(IndexContract, WhatIsAppendedButNotIndexedIsNotFound) {
  write_families();
  const auto record = history_.settle(kWang, "wang", Fen{50});
  append_only({record});
  EXPECT_EQ(key(record->sequence), std::nullopt);
  EXPECT_EQ(store_->load(kWang)->last_sequence, record->previous);
  EXPECT_EQ(index_error({record}), "");
  EXPECT_EQ(key(record->sequence), record->sequence);
  EXPECT_EQ(*store_->load(kWang), history_.image(kWang));
}

TEST_P(IndexContract, RecordsAreIndexedInOrderWithoutAGap) {
  const auto first = history_.enrol(kWang, "wang", Fen{100});
  const auto second = history_.settle(kWang, "wang", Fen{50});
  append_only({first, second});
  EXPECT_EQ(index_error({second}), "index: record 2 came where 1 was expected");
  EXPECT_EQ(index_error({first, second}), "");
  EXPECT_EQ(index_error({second}), "index: record 2 came where 3 was expected");
}

TEST_P(IndexContract, ALaterRecordTakesTheKey) {
  auto first = std::make_shared<JournalRecord>(*history_.enrol(kWang, "wang", Fen{100}));
  auto later = std::make_shared<JournalRecord>(*history_.settle(kWang, "wang", Fen{50}));
  const KeyHash alias{42};
  first->keys.push_back(alias);
  later->keys.push_back(alias);
  write({first});
  EXPECT_EQ(store_->find_key(alias).value(), Sequence{1});
  write({later});
  EXPECT_EQ(store_->find_key(alias).value(), Sequence{2});
  reopen();
  EXPECT_EQ(store_->find_key(alias).value(), Sequence{2});
}

TEST_P(IndexContract, AKeyOfAnEnrolmentLeadsToThePerson) {
  write_families();
  for (int times = 0; times < 2; ++times) {
    EXPECT_EQ(enrolled(Sequence{2}), PersonId{"mei"});
    EXPECT_EQ(enrolled(Sequence{3}), PersonId{"li"});
    EXPECT_EQ(enrolled(Sequence{4}), std::nullopt) << "a settlement enrols nobody";
    EXPECT_EQ(enrolled(Sequence{99}), std::nullopt);
    EXPECT_EQ(key(Sequence{2}), Sequence{2});
    reopen();
  }
}

TEST_P(IndexContract, AKeyThatALaterRecordTookLeadsToNobodyAnyMore) {
  const KeyHash alias{42};
  const auto with_alias = [&](const RecordPtr& record) {
    auto named = std::make_shared<JournalRecord>(*record);
    named->keys.push_back(alias);
    return named;
  };
  write({with_alias(history_.enrol(kWang, "wang", Fen{100}))});
  reopen();
  EXPECT_EQ(store_->find_enrolled(alias).value(), PersonId{"wang"});
  write({with_alias(history_.settle(kWang, "wang", Fen{50}))});
  EXPECT_EQ(store_->find_enrolled(alias).value(), std::nullopt);
  reopen();
  EXPECT_EQ(store_->find_enrolled(alias).value(), std::nullopt);
}

TEST_P(IndexContract, ReopeningFindsAllAgain) {
  write_families();
  reopen();
  expect_all_found();
}

TEST_P(IndexContract, ALostIndexIsRebuilt) {
  write_families();
  store_->save_snapshot(history_.image(kWang));
  write({history_.depart(kLi, kWang)});
  const auto before = transfers();
  close();
  place_->lose_index();
  reopen();
  expect_all_found();
  EXPECT_EQ(transfers(), before);
}

TEST_P(IndexContract, WhatWasNotIndexedBeforeTheEndIsIndexedAtTheNextOpening) {
  write_families();
  const auto record = history_.settle(kWang, "wang", Fen{50});
  append_only({record});
  reopen();
  expect_all_found();
}

TEST_P(IndexContract, ManyRecordsAreAllFoundWhileTheyAreWrittenOut) {
  write_families();
  for (int i = 0; i < 50; ++i) {
    write({history_.settle(kWang, "wang", Fen{1}), history_.refuse(kLi)});
    EXPECT_EQ(key(Sequence{4}), Sequence{4});
  }
  expect_all_found();
  reopen();
  expect_all_found();
}

TEST_P(IndexContract, ASnapshotShortensTheWayAndChangesNothing) {
  write_families();
  store_->save_snapshot(history_.image(kWang));
  EXPECT_EQ(*store_->load(kWang), history_.image(kWang));
  write({history_.settle(kWang, "wang", Fen{50}), history_.settle(kWang, "mei", Fen{7})});
  EXPECT_EQ(*store_->load(kWang), history_.image(kWang));
  reopen();
  expect_all_found();
}

// An image that only a snapshot can explain shows which snapshot is used.
TEST_P(IndexContract, AnOlderSnapshotIsIgnored) {
  write_families();
  HouseholdImage marked = history_.image(kLi);
  marked.state.links_made = 77;
  store_->save_snapshot(marked);
  HouseholdImage older = marked;
  older.state.links_made = 1;
  store_->save_snapshot(older);  // stands at the same record
  older.last_sequence = Sequence{3};
  store_->save_snapshot(older);
  EXPECT_EQ(store_->load(kLi)->state.links_made, 77U);
  write({history_.refuse(kLi)});
  HouseholdImage newer = history_.image(kLi);
  newer.state.links_made = 78;
  store_->save_snapshot(newer);
  EXPECT_EQ(store_->load(kLi)->state.links_made, 78U);
}

TEST_P(IndexContract, ASnapshotBeyondTheJournalIsAContradiction) {
  write_families();
  HouseholdImage image = history_.image(kLi);
  image.last_sequence = Sequence{1000};
  store_->save_snapshot(image);
  EXPECT_FALSE(store_->load(kLi).ok());
}

TEST_P(IndexContract, ATransferIsOpenFromDepartureToArrival) {
  write_families();
  write({history_.depart(kLi, kWang)});
  const std::vector<std::string> open{"2 -> 1, departed with 8"};
  EXPECT_EQ(transfers(), open);
  EXPECT_EQ(store_->load(kLi)->state.moved_to, kWang);
  reopen();
  EXPECT_EQ(transfers(), open);
  write({history_.arrive(kWang)});
  EXPECT_TRUE(transfers().empty());
  EXPECT_EQ(home("li"), kWang);
  EXPECT_EQ(*store_->load(kWang), history_.image(kWang));
  reopen();
  EXPECT_TRUE(transfers().empty());
  EXPECT_EQ(home("li"), kWang);
}

TEST_P(IndexContract, TheNextHouseholdLiesAboveEveryIdUsed) {
  write({history_.enrol(HouseholdId{41}, "wang", Fen{1})});
  EXPECT_EQ(store_->next_household(), HouseholdId{42});
  write({history_.enrol(HouseholdId{7}, "li", Fen{1})});
  EXPECT_EQ(store_->next_household(), HouseholdId{42});
  write({history_.depart(HouseholdId{7}, HouseholdId{60})});
  EXPECT_EQ(store_->next_household(), HouseholdId{61});
  reopen();
  EXPECT_EQ(store_->next_household(), HouseholdId{61});
}

TEST_P(IndexContract, ARecordWithWrongBalancesIsNeverLoaded) {
  write_families();
  auto forged = std::make_shared<JournalRecord>(*history_.settle(kWang, "wang", Fen{50}));
  forged->balances[0].carryover += Fen{1};
  write({forged});
  const auto loaded = store_->load(kWang);
  ASSERT_FALSE(loaded.ok());
  EXPECT_NE(loaded.error().message.find("balances"), std::string::npos) << loaded.error().message;
  EXPECT_TRUE(store_->load(kLi).ok());
}

TEST_P(IndexContract, ARecordThatSkipsItsHouseholdsLastOneIsNeverLoaded) {
  write_families();
  auto forged = std::make_shared<JournalRecord>(*history_.settle(kWang, "wang", Fen{50}));
  forged->previous = Sequence{1};
  write({forged});
  EXPECT_FALSE(store_->load(kWang).ok());
}

TEST_P(IndexContract, ARecordThatFollowsAStrangersIsNeverLoaded) {
  write_families();
  auto forged = std::make_shared<JournalRecord>(*history_.settle(kWang, "wang", Fen{50}));
  forged->previous = history_.image(kLi).last_sequence;
  write({forged});
  EXPECT_FALSE(store_->load(kWang).ok());
}

TEST_P(IndexContract, ARecordThatFollowsItselfIsNeverLoaded) {
  auto forged = std::make_shared<JournalRecord>(*history_.enrol(kWang, "wang", Fen{50}));
  forged->previous = forged->sequence;
  write({forged});
  EXPECT_FALSE(store_->load(kWang).ok());
}

TEST_P(IndexContract, LookingUpAndSavingWhileIndexing) {
  write_families();
  std::atomic<bool> stop{false};
  std::atomic<int> failures{0};
  const HouseholdImage image = history_.image(kLi);
  std::thread other{[&] {
    while (!stop) {
      if (key(Sequence{2}) != Sequence{2} || home("li") != kLi) ++failures;
      store_->save_snapshot(image);
      if (!store_->load(kLi).ok()) ++failures;
    }
  }};
  for (int i = 0; i < 200; ++i) write({history_.settle(kWang, "wang", Fen{1})});
  stop = true;
  other.join();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(*store_->load(kWang), history_.image(kWang));
}

}  // namespace
}  // namespace gongji::stores::testing
