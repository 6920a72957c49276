// What must hold for every history of settling, reversing and binding, whatever its people and
// provinces.
#include <gtest/gtest.h>

#include <set>

#include "tests/domain/rules/properties/rehearsal.hpp"
#include "tests/domain/support/profiles.hpp"

namespace gongji::test {
namespace {

constexpr int kCases = 300;

void expect_law(Law law) {
  expect_for_all_scenes(kCases, [law](const Scene& scene) {
    Rehearsal rehearsal{scene};
    rehearsal.play();
    return rehearsal.auditor().about(law);
  });
}

TEST(HistoryProperties, own_and_family_and_cash_make_up_every_bill) {
  expect_law(Law::kBillDivides);
}
TEST(HistoryProperties, money_changes_only_by_what_is_paid_returned_or_enrolled) {
  expect_law(Law::kMoneyStays);
}
TEST(HistoryProperties, no_family_debit_takes_an_organiser_below_the_floor) {
  expect_law(Law::kFloorHolds);
}
TEST(HistoryProperties, a_cumulative_quota_never_pays_more_than_was_authorised) {
  expect_law(Law::kQuotaHolds);
}
TEST(HistoryProperties, a_reversal_returns_exactly_what_was_taken_once) {
  expect_law(Law::kExactReturn);
}
TEST(HistoryProperties, nobody_has_two_roles_at_once) { expect_law(Law::kOneRole); }
TEST(HistoryProperties, a_refused_command_changes_nothing) { expect_law(Law::kRefusedIsNothing); }

TEST(HistoryProperties, all_buckets_and_all_that_is_paid_make_up_what_was_enrolled) {
  expect_for_all_scenes(kCases, [](const Scene& scene) -> std::string {
    Rehearsal rehearsal{scene};
    rehearsal.play();
    Fen enrolled;
    for (const CastMember& member : scene.cast)
      enrolled += Fen{member.current_year + member.carryover};
    Fen sum;
    for (const auto& [id, image] : rehearsal.books().households()) {
      for (const Person& person : image.state.persons)
        sum += person.current_year + person.carryover;
    }
    for (const RecordPtr& record : rehearsal.books().journal()) {
      if (const auto* e = record->event<Settled>())
        for (const std::vector<Leg>* legs : {&e->own, &e->family})
          for (const Leg& leg : *legs) sum += leg.amount;
      if (const auto* e = record->event<Settled>()) sum += e->current_year_taken;
      if (const auto* e = record->event<SettlementReversed>())
        for (const Leg& leg : e->returned) sum -= leg.amount;
      if (const auto* e = record->event<SettlementReapplied>())
        for (const Leg& leg : e->taken) sum += leg.amount;
    }
    return sum == enrolled ? "" : to_yuan_text(sum) + " instead of " + to_yuan_text(enrolled);
  });
}

TEST(HistoryProperties, reversing_everything_gives_back_every_balance_and_quota) {
  expect_for_all_scenes(kCases, [](const Scene& scene) -> std::string {
    Rehearsal rehearsal{scene};
    rehearsal.play();
    rehearsal.reverse_everything(scene.script.size() % 2 == 0);
    for (std::size_t i = 0; i < scene.cast.size(); ++i) {
      const Person& person = rehearsal.books().person(PersonId{"p" + std::to_string(i)});
      if (person.current_year != Fen{scene.cast[i].current_year} ||
          person.carryover != Fen{scene.cast[i].carryover})
        return person.id.text() + " has " + to_yuan_text(person.total());
    }
    for (const auto& entry : rehearsal.books().households())
      for (const Network& network : entry.second.state.networks)
        for (const Link& link : network.links)
          if (link.quota_left != link.quota.value_or(Fen{}))
            return link.member.text() + " has quota " + to_yuan_text(link.quota_left);
    return "";
  });
}

TEST(HistoryProperties, the_same_commands_give_the_same_state) {
  expect_for_all_scenes(kCases, [](const Scene& scene) -> std::string {
    Rehearsal rehearsal{scene};
    rehearsal.play();
    Books again{shipped_profiles()};
    for (const RecordPtr& record : rehearsal.books().journal())
      if (again.run_in(record->household, record->command, record->at) != *record)
        return "record " + std::to_string(record->sequence.number()) + " came out otherwise";
    return again.households() == rehearsal.books().households() ? "" : "other states";
  });
}

TEST(HistoryProperties, households_are_rebuilt_one_by_one_from_their_records) {
  expect_for_all_scenes(kCases, [](const Scene& scene) -> std::string {
    Rehearsal rehearsal{scene};
    rehearsal.play();
    for (const auto& [id, image] : rehearsal.books().households()) {
      HouseholdImage rebuilt;
      for (const RecordPtr& record : rehearsal.books().journal()) {
        if (record->household != id) continue;
        auto next = fold(std::move(rebuilt), *record);
        if (!next) return next.error();
        rebuilt = std::move(*next);
      }
      if (rebuilt != image) return "household " + std::to_string(id.number()) + " differs";
    }
    return "";
  });
}

TEST(HistoryProperties, a_quote_settled_at_once_is_never_stale) {
  expect_for_all_scenes(kCases, [](const Scene& scene) -> std::string {
    Rehearsal rehearsal{scene};
    rehearsal.play();
    return rehearsal.broken_quotes() == 0 ? "" : "a quote was not kept";
  });
}

TEST(HistoryProperties, the_pooled_part_never_matters) {
  expect_for_all_scenes(kCases, [](const Scene& scene) -> std::string {
    Rehearsal rehearsal{scene};
    rehearsal.play();
    return rehearsal.pooled_mattered() == 0 ? "" : "the pooled part changed a split";
  });
}

// The histories would prove little if nothing ever happened in them.
TEST(HistoryProperties, the_histories_reach_what_they_claim) {
  std::set<std::string> reached;
  expect_for_all_scenes(4 * kCases, [&reached](const Scene& scene) {
    Rehearsal rehearsal{scene};
    rehearsal.play();
    for (const RecordPtr& record : rehearsal.books().journal()) {
      if (const Refusal* refusal = record->refusal()) reached.emplace(code(refusal->reason));
      if (const auto* e = record->event<Settled>()) {
        if (!e->family.empty()) reached.insert("family money");
        if (e->family.size() > 1) reached.insert("several family legs");
        reached.emplace(code(e->zero_reason));
      }
      if (record->event<SettlementReversed>() != nullptr) reached.insert("reversal");
      if (record->event<SettlementReapplied>() != nullptr) reached.insert("reapplied");
      if (record->event<ContentsArrived>() != nullptr) reached.insert("merge");
      if (record->event<MemberBound>() != nullptr) reached.insert("bound");
      if (record->event<NetworkDisbanded>() != nullptr) reached.insert("disbanded");
    }
    return std::string{};
  });
  for (const char* wanted : {"family money",
                             "several family legs",
                             "reversal",
                             "reapplied",
                             "merge",
                             "bound",
                             "disbanded",
                             "E_FUND_EMPTY",
                             "E_FLOOR",
                             "E_QUOTA",
                             "E_WINDOW",
                             "E_NO_NETWORK",
                             "E_MODE_OFF",
                             "E_MODE_UNCONFIRMED",
                             "E_SUSPENDED",
                             "E_ACCOUNT_UNUSABLE",
                             "E_PLACE_CHANGED",
                             "E_OUT_OF_PROVINCE",
                             "E_QUOTE_STALE",
                             "E_SELF",
                             "E_NOT_EMPLOYEE",
                             "E_REL_NOT_ALLOWED",
                             "E_ALREADY_IN_NETWORK",
                             "E_ALREADY_BOUND",
                             "E_CHAIN_AUTH",
                             "E_CHAIN_BENEF",
                             "E_REBIND_REQUIRED",
                             "E_QUOTA_OVER_SHAREABLE",
                             "E_ALREADY_REVERSED",
                             "E_NO_CARRYOVER"})
    EXPECT_EQ(reached.count(wanted), 1U) << wanted << " never happened";
}

}  // namespace
}  // namespace gongji::test
