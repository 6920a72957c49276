// What every implementation of HotBalances promises, over memory and every kind of Redis.
#include "ports/hot_balances.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <string>

#include "ports/hot_answer.hpp"
#include "stores/memory/memory_hot_balances.hpp"
#include "stores/redis/redis_hot_balances.hpp"
#include "tests/hot_balances/hot_redis.hpp"
#include "tests/hot_balances/redis_places.hpp"

namespace gongji::stores {
namespace {

struct Implementation {
  const char* name;
  std::function<std::unique_ptr<HotBalances>()> make;
};

template <test::RedisPlace (*make_place)()>
std::unique_ptr<HotBalances> on_redis() {
  static const test::RedisPlace place = make_place();  // one for the program, emptied for each test
  auto hot = test::connected(place.url);
  HotAnswer<Done> emptied;
  hot->clear(emptied.then());
  if (const auto done = emptied.wait(); !done) ADD_FAILURE() << done.error().message;
  return hot;
}

const std::array kImplementations{
    Implementation{"memory", [] { return std::make_unique<MemoryHotBalances>(); }},
    Implementation{"redis", on_redis<test::single_place>},
    Implementation{"restricted_user", on_redis<test::restricted_place>},
    Implementation{"without_functions", on_redis<test::functionless_place>},
    Implementation{"without_ready_hashes", on_redis<test::restoreless_place>},
    Implementation{"sentinel", on_redis<test::sentinel_place>},
    Implementation{"cluster", on_redis<test::cluster_place>},
};

// In a cluster each entry is checked for itself instead.
const std::array kFenced{kImplementations[0], kImplementations[1], kImplementations[2],
                         kImplementations[3], kImplementations[4], kImplementations[5]};

const PersonId kFather{"31010100000000000000000001"};
const PersonId kChild{"31010100000000000000000002"};
const std::string kJournal = "1700000000000-00ff";
constexpr CivilDate kUntil{std::chrono::year{2026} / 12 / 31};

HotDetails details(const char* name, const char* role) {
  HotDetails details;
  details.card = {name, "01",         "310101198503129018", "",      "11",
                  "",   "1985-03-12", Scheme::kEmployee,    "310101"};
  details.status = InsuredStatus::kSuspended;
  details.account_state = AccountState::kFrozen;
  details.role = role;
  details.until = kUntil;
  return details;
}

HotHousehold family(std::uint64_t epoch, std::uint64_t sequence, std::int64_t fund) {
  return {HouseholdId{7},
          Epoch{epoch},
          Sequence{sequence},
          kUntil,
          {{kFather, Fen{80'000}, Fen{fund}, Fen{0}, true, details("陈一", "ORGANISER")},
           {kChild, Fen{0}, Fen{0}, Fen{fund}, true, details("陈小雨", "MEMBER")}}};
}

HotMarker at(std::uint64_t epoch, std::uint64_t sequence, std::string journal = kJournal) {
  return {std::move(journal), Epoch{epoch}, Sequence{sequence}};
}

class HotBalancesContract : public testing::TestWithParam<Implementation> {
 protected:
  template <class T, class Call>
  T must(Call call) {
    HotAnswer<T> answer;
    call(answer.then());
    auto result = answer.wait();
    if (result) return *result;
    ADD_FAILURE() << result.error().message;
    return T{};
  }
  std::size_t refused(const HotHousehold& state) {
    const auto batch = std::make_shared<const std::vector<HotHousehold>>(1, state);
    return must<HotApplied>([&](auto then) { hot_->apply(batch, then); }).refused_older;
  }
  // Whether it was written.
  bool filled(const HotHousehold& state, const HotMarker& fence) {
    HotAnswer<HotApplied> answer;
    hot_->fill(std::make_shared<const std::vector<HotHousehold>>(1, state), fence, answer.then());
    return answer.wait().ok();
  }
  std::optional<HotPersonFound> person(const PersonId& id, const HotMarker& at_least = {}) {
    return must<std::optional<HotPersonFound>>(
        [&](auto then) { hot_->find_person(id, at_least, then); });
  }
  std::optional<HotHousehold> household() {
    return must<std::optional<HotHousehold>>(
        [&](auto then) { hot_->find_household(HouseholdId{7}, then); });
  }
  std::optional<HotMarker> marker() {
    return must<std::optional<HotMarker>>([&](auto then) { hot_->find_marker(then); });
  }
  bool move(const std::optional<HotMarker>& from, const HotMarker& to) {
    return must<bool>([&](auto then) { hot_->move_marker(from, to, then); });
  }

  std::unique_ptr<HotBalances> hot_ = GetParam().make();
};

TEST_P(HotBalancesContract, ShowsWhatWasApplied) {
  EXPECT_EQ(refused(family(1, 10, 500'000)), 0U);
  const auto found = person(kFather);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->household, HouseholdId{7});
  EXPECT_EQ(found->epoch, Epoch{1});
  EXPECT_EQ(found->sequence, Sequence{10});
  EXPECT_EQ(found->current_year, Fen{80'000});
  EXPECT_EQ(found->carryover, Fen{500'000});
  EXPECT_EQ(found->details, details("陈一", "ORGANISER"));
  auto expected = family(1, 10, 500'000);
  for (HotPerson& each : expected.persons) each.details.reset();
  EXPECT_EQ(household(), expected);
}

TEST_P(HotBalancesContract, KnowsNobodyItWasNotTold) {
  EXPECT_FALSE(person(PersonId{"nobody"}));
  EXPECT_FALSE(household());
}

TEST_P(HotBalancesContract, AnUntouchedPersonKeepsHisEntryAndHisDetails) {
  refused(family(1, 10, 500'000));
  HotHousehold paid = family(1, 11, 400'000);
  for (HotPerson& each : paid.persons) each.details.reset();
  paid.persons[1].touched = false;
  refused(paid);
  EXPECT_EQ(person(kFather)->sequence, Sequence{11});
  EXPECT_EQ(person(kFather)->details, details("陈一", "ORGANISER"));
  EXPECT_EQ(person(kChild)->sequence, Sequence{10});
  EXPECT_EQ(household()->persons[1].family, Fen{400'000});
}

TEST_P(HotBalancesContract, WhoLeftTheHouseholdIsGoneFromItsEntry) {
  refused(family(1, 10, 500'000));
  HotHousehold alone = family(1, 11, 500'000);
  alone.persons.pop_back();
  refused(alone);
  EXPECT_EQ(household()->persons.size(), 1U);
}

TEST_P(HotBalancesContract, AWriteThatSaysNothingOfDetailsLeavesAStrangerUnfindable) {
  HotHousehold paid = family(1, 11, 400'000);
  for (HotPerson& each : paid.persons) each.details.reset();
  refused(paid);
  EXPECT_FALSE(person(kFather)) << "half of him is not him";
}

struct Race {
  const char* what;
  std::uint64_t epoch, sequence;
  bool wins;
};
constexpr std::uint64_t kHuge = 9'007'199'254'740'993;  // no double holds it
constexpr Race kAfterEpoch5Sequence50[] = {
    {"a later record", 5, 51, true},        {"the same again", 5, 50, true},
    {"an earlier record", 5, 49, false},    {"a newer owner", 6, 1, true},
    {"an owner fenced off", 4, 900, false}, {"one digit less", 5, 9, false},
    {"one digit more", 5, 100, true},       {"beyond what a double holds", 5, kHuge, true},
};
TEST_P(HotBalancesContract, ANewerStateIsNeverReplacedByAnOlderOne) {
  for (const Race& race : kAfterEpoch5Sequence50) {
    must<Done>([&](auto then) { hot_->clear(then); });
    refused(family(5, 50, 100));
    EXPECT_EQ(refused(family(race.epoch, race.sequence, 200)), race.wins ? 0U : 1U) << race.what;
    const Fen winner{race.wins ? 200 : 100};
    EXPECT_EQ(person(kFather)->carryover, winner) << race.what;
    EXPECT_EQ(household()->persons[0].carryover, winner) << race.what;
  }
}

TEST_P(HotBalancesContract, HasNoMarkerUntilOneIsSet) {
  EXPECT_FALSE(marker());
  EXPECT_TRUE(move({}, at(1, 10)));
  EXPECT_EQ(marker(), at(1, 10));
}

TEST_P(HotBalancesContract, AMarkerMovesOnlyFromWhereItStood) {
  move({}, at(1, 10));
  EXPECT_TRUE(move(at(1, 10), at(1, 20)));
  EXPECT_FALSE(move(at(1, 10), at(1, 30)));
  EXPECT_EQ(marker(), at(1, 20));
  EXPECT_FALSE(move(at(2, 20), at(2, 30))) << "it was set by another owner";
}

TEST_P(HotBalancesContract, AnOwnerFencedOffDoesNotMoveTheMarker) {
  move({}, at(5, 10));
  EXPECT_FALSE(move({}, at(4, 90)));
  EXPECT_TRUE(move({}, at(4, 90, "another journal"))) << "its epochs are its own";
}

TEST_P(HotBalancesContract, AReadSeesWhetherTheCopyWentBackInTime) {
  refused(family(1, 10, 500'000));
  EXPECT_FALSE(person(kFather, at(1, 10))) << "no marker";
  move({}, at(1, 10));
  EXPECT_TRUE(person(kFather, at(1, 10)));
  EXPECT_FALSE(person(kFather, at(1, 11))) << "older than what was confirmed";
  EXPECT_FALSE(person(kFather, at(2, 10))) << "of another owner";
  EXPECT_FALSE(person(kFather, at(1, 10, "another journal")));
}

TEST_P(HotBalancesContract, AfterClearingNothingIsLeft) {
  refused(family(1, 10, 500'000));
  move({}, at(1, 10));
  must<Done>([&](auto then) { hot_->clear(then); });
  EXPECT_FALSE(marker());
  EXPECT_FALSE(person(kFather));
  EXPECT_FALSE(household());
}

TEST_P(HotBalancesContract, AppliesManyHouseholdsAtOnce) {
  constexpr std::uint64_t kMany = 500;
  auto batch = std::make_shared<std::vector<HotHousehold>>();
  for (std::uint64_t i = 1; i <= kMany; ++i) {
    HotHousehold state = family(1, i, static_cast<std::int64_t>(i));
    state.household = HouseholdId{i};
    for (HotPerson& each : state.persons)
      each.id = PersonId{each.id.text() + "-" + std::to_string(i)};
    batch->push_back(std::move(state));
  }
  const auto applied = must<HotApplied>([&](auto then) { hot_->apply(batch, then); });
  EXPECT_EQ(applied.refused_older, 0U);
  for (const HotHousehold& state : *batch)
    EXPECT_EQ(person(state.persons[0].id)->carryover, state.persons[0].carryover);
}

TEST_P(HotBalancesContract, ShowsWhatItWasFilledWith) {
  ASSERT_TRUE(move({}, at(1, 0)));
  EXPECT_TRUE(filled(family(1, 10, 500'000), at(1, 0)));
  EXPECT_EQ(person(kFather)->sequence, Sequence{10});
  EXPECT_EQ(person(kFather)->carryover, Fen{500'000});
  EXPECT_EQ(person(kChild)->details, details("陈小雨", "MEMBER"));
  EXPECT_EQ(household()->persons[1].family, Fen{500'000});
}

TEST_P(HotBalancesContract, FillingWithAmountsKeepsDetailsAndTheUntouched) {
  move({}, at(1, 0));
  filled(family(1, 10, 500'000), at(1, 0));
  HotHousehold paid = family(1, 11, 400'000);
  for (HotPerson& each : paid.persons) each.details.reset();
  paid.persons[1].touched = false;
  EXPECT_TRUE(filled(paid, at(1, 0)));
  EXPECT_EQ(person(kFather)->sequence, Sequence{11});
  EXPECT_EQ(person(kFather)->details, details("陈一", "ORGANISER"));
  EXPECT_EQ(person(kChild)->sequence, Sequence{10});
  EXPECT_EQ(household()->persons[1].family, Fen{400'000});
}

TEST_P(HotBalancesContract, WhoLeftTheHouseholdIsGoneOnceItIsFilledAgain) {
  move({}, at(1, 0));
  filled(family(1, 10, 500'000), at(1, 0));
  HotHousehold alone = family(1, 11, 500'000);
  alone.persons.pop_back();
  filled(alone, at(1, 0));
  EXPECT_EQ(household()->persons.size(), 1U);
}

// In the order of their numbers: a large hash tells its fields in an order of its own.
HotHousehold in_order(HotHousehold state) {
  for (HotPerson& each : state.persons) each.details.reset();
  std::sort(state.persons.begin(), state.persons.end(),
            [](const HotPerson& a, const HotPerson& b) { return a.id < b.id; });
  return state;
}

// More fields, and longer ones, than Redis keeps in its short form by itself.
TEST_P(HotBalancesContract, ALargeHouseholdWithLongNumbersIsFilledLikeAnyOther) {
  HotHousehold large = family(1, 10, 500'000);
  for (int i = 0; i < 250; ++i)
    large.persons.push_back({PersonId{std::string(120, 'p') + std::to_string(i)}, Fen{i}, Fen{-i},
                             Fen{1'000'000'000'000 + i}, true, details("陈二", "")});
  move({}, at(1, 0));
  ASSERT_TRUE(filled(large, at(1, 0)));
  EXPECT_EQ(person(large.persons.back().id)->carryover, Fen{-249});
  EXPECT_TRUE(in_order(*household()) == in_order(large));
  refused(family(1, 11, 400'000));
  EXPECT_EQ(household()->persons.size(), 2U);
}

INSTANTIATE_TEST_SUITE_P(Over, HotBalancesContract, testing::ValuesIn(kImplementations),
                         [](const auto& row) { return std::string{row.param.name}; });

using FencedFilling = HotBalancesContract;

TEST_P(FencedFilling, NothingIsFilledWhereTheMarkerDoesNotStand) {
  EXPECT_FALSE(filled(family(1, 10, 500'000), at(1, 0))) << "there is none";
  move({}, at(2, 0));
  EXPECT_FALSE(filled(family(1, 10, 500'000), at(1, 0))) << "it is another owner's";
  move({}, at(2, 30));
  EXPECT_FALSE(filled(family(2, 10, 500'000), at(2, 0))) << "it moved";
  EXPECT_FALSE(household());
  EXPECT_FALSE(person(kFather));
}

TEST_P(FencedFilling, AHouseholdNobodyLivesInIsLeftOut) {
  move({}, at(1, 0));
  filled(family(1, 10, 500'000), at(1, 0));
  HotHousehold deserted = family(1, 11, 0);
  deserted.persons.clear();
  EXPECT_TRUE(filled(deserted, at(1, 0)));
  EXPECT_FALSE(household());
}

INSTANTIATE_TEST_SUITE_P(Over, FencedFilling, testing::ValuesIn(kFenced),
                         [](const auto& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace gongji::stores
