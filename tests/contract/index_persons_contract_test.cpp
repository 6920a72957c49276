// How every JournalIndex lists persons and where it says they live (ports/journal_index.hpp).
#include <algorithm>
#include <atomic>
#include <map>
#include <random>
#include <thread>

#include "tests/contract/store_contract.hpp"

namespace gongji::stores::testing {
namespace {

using Persons = std::vector<PersonId>;

class PersonsContract : public StoreContract {
 protected:
  [[nodiscard]] Persons after(const std::string& person, std::size_t limit) const {
    const auto found = store_->persons_after(PersonId{person}, limit);
    EXPECT_TRUE(found.ok()) << found.error().message;
    return found.ok() ? *found : Persons{};
  }
  // Page by page, each after the last person of the one before.
  [[nodiscard]] Persons all_in_pages_of(std::size_t limit) const {
    Persons all;
    for (Persons page = after("", limit); !page.empty(); page = after(all.back().text(), limit)) {
      EXPECT_LE(page.size(), limit);
      all.insert(all.end(), page.begin(), page.end());
    }
    return all;
  }
  // In the model and in the store.
  void enrol(HouseholdId household, const std::string& person) {
    write({history_.enrol(household, person, Fen{1})});
    homes_[PersonId{person}] = household;
  }
  [[nodiscard]] Persons model() const {
    Persons persons;
    for (const auto& [person, home] : homes_) persons.push_back(person);
    return persons;
  }
  void expect_model() const {
    for (const std::size_t limit : {1U, 3U, 7U, 1000U})
      EXPECT_EQ(all_in_pages_of(limit), model()) << limit;
    for (const auto& [person, home] : homes_)
      EXPECT_EQ(store_->find_person(person).value(), home) << person.text();
  }

  std::map<PersonId, HouseholdId> homes_;
};

INSTANTIATE_TEST_SUITE_P(Stores, PersonsContract, ::testing::ValuesIn(places()), name_of);

TEST_P(PersonsContract, AnEmptyStoreHasNobody) {
  EXPECT_TRUE(after("", 10).empty());
  EXPECT_EQ(store_->persons_estimate(), 0U);
}

TEST_P(PersonsContract, PagesBeginBehindAPersonWhoNeedNotExist) {
  enrol(kWang, "b");
  enrol(kWang, "d");
  EXPECT_EQ(after("", 1), Persons{PersonId{"b"}});
  EXPECT_EQ(after("a", 9), (Persons{PersonId{"b"}, PersonId{"d"}}));
  EXPECT_EQ(after("b", 9), Persons{PersonId{"d"}});
  EXPECT_EQ(after("c", 9), Persons{PersonId{"d"}});
  EXPECT_TRUE(after("d", 9).empty());
  EXPECT_TRUE(after("", 0).empty());
}

// More records than five writings-out take, in an order that has nothing to do with the ids.
TEST_P(PersonsContract, EverybodyIsListedOnceInOrderWhereverHisEntryIs) {
  std::mt19937 random{20261123};
  std::uint64_t next = 1;
  for (int step = 0; step < 60; ++step) {
    enrol(HouseholdId{next++}, "3100" + std::to_string(random() % 100'000));
    if (step % 4 == 0) write({history_.tombstone()});
    if (step % 10 == 0) expect_model();
    if (step % 25 == 24) reopen();
  }
  expect_model();
  EXPECT_GE(store_->persons_estimate(), homes_.size());
  close();
  place_->lose_index();
  reopen();
  expect_model();
}

TEST_P(PersonsContract, WhoMovedIsListedOnce) {
  for (int i = 0; i < 6; ++i) enrol(kLi, "li" + std::to_string(i));
  enrol(kWang, "wang");
  write({history_.depart(kLi, kWang)});
  expect_model();  // sought where they were
  write({history_.arrive(kWang)});
  for (auto& [person, home] : homes_) home = kWang;
  expect_model();
  reopen();
  expect_model();
}

TEST_P(PersonsContract, AfterASplitEachIsFoundWhereHeGoesAndTheOthersWhereTheyAre) {
  constexpr HouseholdId kNew{3};
  enrol(kWang, "wang");
  enrol(kWang, "mei");
  enrol(kWang, "lan");
  write({history_.split(kWang, kNew, {PersonId{"mei"}})});
  homes_[PersonId{"mei"}] = kNew;
  for (int round = 0; round < 2; ++round) {
    expect_model();
    EXPECT_EQ(store_->open_transfers().size(), 1U);
    EXPECT_EQ(*store_->load(kWang), history_.image(kWang)) << "the old household goes on";
    EXPECT_EQ(store_->find_newest(kWang).value(), Sequence{4});
    EXPECT_EQ(store_->next_household(), HouseholdId{4});
    reopen();
  }
  write({history_.settle(kWang, "wang", Fen{1}), history_.arrive(kNew)});
  for (int round = 0; round < 2; ++round) {
    expect_model();
    EXPECT_TRUE(store_->open_transfers().empty());
    EXPECT_EQ(*store_->load(kWang), history_.image(kWang));
    EXPECT_EQ(*store_->load(kNew), history_.image(kNew));
    reopen();
  }
}

TEST_P(PersonsContract, SeveralSplitsOfOneHouseholdAreOpenAtOnceAndClosedOneByOne) {
  enrol(kWang, "wang");
  enrol(kWang, "mei");
  enrol(kWang, "lan");
  write({history_.split(kWang, HouseholdId{3}, {PersonId{"mei"}}),
         history_.split(kWang, HouseholdId{4}, {PersonId{"lan"}})});
  reopen();
  ASSERT_EQ(store_->open_transfers().size(), 2U);
  EXPECT_EQ(store_->open_transfers()[0].departed, Sequence{4});
  EXPECT_EQ(store_->open_transfers()[1].departed, Sequence{5});
  write({history_.arrive(HouseholdId{4}, Sequence{5})});
  reopen();
  ASSERT_EQ(store_->open_transfers().size(), 1U);
  EXPECT_EQ(store_->open_transfers()[0].to, HouseholdId{3});
  write({history_.arrive(HouseholdId{3}, Sequence{4})});
  EXPECT_TRUE(store_->open_transfers().empty());
}

TEST_P(PersonsContract, TheNewestRecordOfAHouseholdIsFound) {
  EXPECT_EQ(store_->find_newest(kWang).value(), std::nullopt);
  enrol(kWang, "wang");
  enrol(kLi, "li");
  EXPECT_EQ(store_->find_newest(kWang).value(), Sequence{1});
  EXPECT_EQ(store_->find_newest(kLi).value(), Sequence{2});
  for (int i = 0; i < 13; ++i) {
    write({history_.settle(kWang, "wang", Fen{0})});
    EXPECT_EQ(store_->find_newest(kWang).value(), store_->head().durable);
    EXPECT_EQ(store_->find_newest(kLi).value(), Sequence{2});
  }
  HouseholdImage no_records;
  no_records.state.id = HouseholdId{99};
  store_->save_snapshot(no_records);
  EXPECT_EQ(store_->find_newest(HouseholdId{99}).value(), std::nullopt);
  reopen();
  EXPECT_EQ(store_->find_newest(kWang).value(), Sequence{15});
  EXPECT_EQ(store_->find_newest(kLi).value(), Sequence{2});
  EXPECT_EQ(store_->find_newest(HouseholdId{99}).value(), std::nullopt);
}

TEST_P(PersonsContract, WhoWasThereBeforeIsListedOnceWhileOthersEnter) {
  for (int i = 0; i < 30; ++i) enrol(HouseholdId{1}, "b" + std::to_string(i));
  const Persons before = model();
  std::atomic<bool> stop{false};
  std::atomic<int> failures{0};
  std::thread other{[&] {
    while (!stop) {
      Persons seen = all_in_pages_of(4);
      if (std::adjacent_find(seen.begin(), seen.end(), std::greater_equal<>{}) != seen.end())
        ++failures;
      std::erase_if(seen, [](const PersonId& person) { return person.text()[0] != 'b'; });
      if (seen != before) ++failures;
    }
  }};
  for (int i = 0; i < 100; ++i) {
    enrol(HouseholdId{2}, "a" + std::to_string(i));
    enrol(HouseholdId{2}, "c" + std::to_string(i));
  }
  stop = true;
  other.join();
  EXPECT_EQ(failures, 0);
  expect_model();
}

}  // namespace
}  // namespace gongji::stores::testing
