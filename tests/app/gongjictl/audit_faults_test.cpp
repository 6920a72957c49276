#include <gtest/gtest.h>

#include "app/gongjictl/audit.hpp"
#include "tests/app/gongjictl/support/audit_problems.hpp"
#include "tests/app/gongjictl/support/journal_builder.hpp"

namespace gongji::ctl {
namespace {

// What is done to which record, and what the audit must say about it.
struct Fault {
  const char* name;
  JournalBuilder (*story)();
  std::uint64_t at;  // sequence; 0 = every record
  std::function<bool(JournalRecord&)> tamper;
  const char* says;
};

std::ostream& operator<<(std::ostream& out, const Fault& fault) { return out << fault.name; }

class AuditFault : public testing::TestWithParam<Fault> {};

TEST_P(AuditFault, is_found) {
  const Fault& fault = GetParam();
  const JournalBuilder story = fault.story();
  const TamperedJournal tampered{story.journal(), [&](JournalRecord& record) {
                                   const bool here =
                                       fault.at == 0 || record.sequence.number() == fault.at;
                                   return !here || fault.tamper(record);
                                 }};
  const Audit audit = audit_journal(tampered);
  EXPECT_FALSE(audit.holds());
  EXPECT_NE(all_problems(audit).find(fault.says), std::string::npos) << all_problems(audit);
}

bool drop(JournalRecord&) { return false; }

std::vector<Fault> faults() {
  return {
      {"a_record_missing", family_story, 12, drop, "the sequence has a gap"},
      {"the_last_record_missing", family_story, 14, drop, "its head says 14"},
      {"an_older_epoch", family_story, 5, [](JournalRecord& r) { return r.epoch = Epoch{0}, true; },
       "older than the one before"},
      {"a_wrong_balance_after", family_story, 14,
       [](JournalRecord& r) { return r.balances.front().carryover += Fen{1}, true; },
       "does not fold"},
      {"a_broken_household_chain", family_story, 14,
       [](JournalRecord& r) { return r.previous = Sequence{3}, true; }, "does not fold"},
      {"time_going_back", family_story, 14,
       [](JournalRecord& r) { return r.at -= std::chrono::hours{1}, true; }, "does not fold"},
      {"a_family_part_that_does_not_add_up", family_story, 14,
       [](JournalRecord& r) { return event_in<Settled>(r).bill += Fen{1}, true; },
       "is not the bill"},
      {"a_negative_cash_part", family_story, 11,
       [](JournalRecord& r) {
         auto& settled = event_in<Settled>(r);
         return settled.cash = Fen{-1}, settled.bill = Fen{60'00 - 1}, true;
       },
       "negative"},
      {"own_money_of_another", family_story, 11,
       [](JournalRecord& r) {
         return event_in<Settled>(r).own.front().owner = PersonId{"A"}, true;
       },
       "own money of another person"},
      {"family_money_without_a_link", family_story, 14,
       [](JournalRecord& r) { return event_in<Settled>(r).family.front().link = LinkId{}, true; },
       "family money without a family"},
      {"a_leg_that_gives", family_story, 14,
       [](JournalRecord& r) {
         auto& settled = event_in<Settled>(r);
         return settled.family.front().amount = Fen{-1}, settled.bill = Fen{-1}, true;
       },
       "moves nothing or less"},
      {"money_of_a_stranger", family_story, 14,
       [](JournalRecord& r) {
         return event_in<Settled>(r).family.front().owner = PersonId{"X"}, true;
       },
       "does not live in its household"},
      {"a_key_applied_twice", family_story, 14,
       [](JournalRecord& r) {
         r.keys.front() = {9};  // that of record 9
         return true;
       },
       "again; record 9 applied it"},
      {"a_reversal_that_returns_more", family_story, 10,
       [](JournalRecord& r) {
         return event_in<SettlementReversed>(r).returned.front().amount += Fen{1}, true;
       },
       "does not give back exactly what was taken by record 9"},
      {"a_reversal_to_another_account", family_story, 10,
       [](JournalRecord& r) {
         return event_in<SettlementReversed>(r).returned.front().owner = PersonId{"C"}, true;
       },
       "does not give back exactly what was taken by record 9"},
      {"a_reversal_of_no_settlement", family_story, 10,
       [](JournalRecord& r) {
         return event_in<SettlementReversed>(r).original = Sequence{8}, true;
       },
       "which settled nothing"},
      {"a_reversal_of_the_future", family_story, 10,
       [](JournalRecord& r) {
         return event_in<SettlementReversed>(r).original = Sequence{14}, true;
       },
       "which is not before it"},
      {"a_departure_that_leaves_money_behind", family_story, 6,
       [](JournalRecord& r) {
         event_in<HouseholdDeparted>(r).contents.persons.front().carryover -= Fen{1};
         return true;
       },
       "is not what it had"},
      {"an_arrival_with_less", family_story, 7,
       [](JournalRecord& r) {
         event_in<ContentsArrived>(r).contents.persons.front().carryover -= Fen{1};
         return r.balances.front().carryover -= Fen{1}, true;
       },
       "left with 60.00 yuan and arrives with 59.99"},
      {"an_arrival_elsewhere", family_story, 7,
       [](JournalRecord& r) { return r.household = HouseholdId{9}, true; },
       "left for household 1 and arrives in household 9"},
      {"an_arrival_of_nobody_who_left", family_story, 7,
       [](JournalRecord& r) { return event_in<ContentsArrived>(r).departed = Sequence{5}, true; },
       "arrives without having left"},
      {"events_of_no_household", family_story, 14,
       [](JournalRecord& r) { return r.household = HouseholdId{}, true; },
       "has events but no household"},
  };
}

std::vector<Fault> year_faults() {
  return {
      {"a_credit_of_another_amount", year_story, kCredit,
       [](JournalRecord& r) { return event_in<AccountCredited>(r).amount += Fen{1}, true; },
       "the account comes to"},
      {"a_credit_of_less_than_nothing", year_story, kCredit,
       [](JournalRecord& r) { return event_in<AccountCredited>(r).amount = Fen{-1}, true; },
       "credits nothing or less than nothing"},
      {"a_debit_of_less_than_nothing", year_story, kDebit,
       [](JournalRecord& r) { return event_in<AccountDebited>(r).amount = Fen{-1}, true; },
       "debits nothing or less than nothing"},
      {"a_debit_of_a_stranger", year_story, kDebit,
       [](JournalRecord& r) { return event_in<AccountDebited>(r).person = PersonId{"X"}, true; },
       "does not live in its household"},
      {"a_roll_of_less_than_is_due", year_story, kRoll,
       [](JournalRecord& r) { return event_in<YearRolled>(r).moved -= Fen{1}, true; },
       "due was 310.00"},
      {"a_roll_with_interest_taken_away", year_story, kRoll,
       [](JournalRecord& r) { return event_in<YearRolled>(r).interest = Fen{-1}, true; },
       "negative interest"},
      {"years_of_current_year_money_that_do_not_add_up", year_story, kSettleA,
       [](JournalRecord& r) {
         return event_in<Settled>(r).taken_by_year.front().amount -= Fen{1}, true;
       },
       "its years say 39.99"},
      {"rolled_money_returned_to_the_current_year", year_story, kCancelA,
       [](JournalRecord& r) {
         for (Leg& leg : event_in<SettlementReversed>(r).returned)
           if (leg.amount == Fen{40'00}) leg.bucket = Bucket::kCurrentYear, leg.year = 2027;
         return true;
       },
       "does not give back exactly what was taken by record 12"},
      {"a_reversal_with_other_cash", year_story, kRefundB,
       [](JournalRecord& r) { return event_in<SettlementReversed>(r).cash_back += Fen{1}, true; },
       "another amount of cash"},
      {"a_refund_that_settles_more", year_story, kRefundB,
       [](JournalRecord& r) {
         auto& settled = event_in<Settled>(r);
         return settled.bill += Fen{50'00}, settled.cash += Fen{50'00}, true;
       },
       "a larger bill anew"},
      {"a_refund_that_settles_for_somebody_else", year_story, kRefundB,
       [](JournalRecord& r) { return event_in<Settled>(r).patient = PersonId{"A"}, true; },
       "settles anew for A, not for B"},
      {"a_refund_to_a_closed_account", year_story, kUndoB,
       [](JournalRecord& r) {
         auto& reversed = event_in<SettlementReversed>(r);
         return std::swap(reversed.returned, reversed.suspense), true;
       },
       "wrong one of account and suspense"},
      {"a_refund_that_vanishes", year_story, kUndoB,
       [](JournalRecord& r) { return event_in<SettlementReversed>(r).suspense.clear(), true; },
       "does not give back exactly"},
      {"a_contribution_at_another_price", year_story, kPremiumB,
       [](JournalRecord& r) {
         return event_in<ContributionOrdered>(r).order.amount += Fen{1}, true;
       },
       "400.00 were taken for a price of 400.01"},
      {"a_contribution_of_another_account", year_story, kPremiumB,
       [](JournalRecord& r) {
         return event_in<ContributionOrdered>(r).order.payer = PersonId{"B"}, true;
       },
       "money of another person than its payer"},
      {"a_contribution_without_a_family", year_story, kPremiumB,
       [](JournalRecord& r) {
         return event_in<ContributionOrdered>(r).order.legs.front().link = LinkId{}, true;
       },
       "family money without a family"},
      {"a_contribution_paid_while_another_stands", year_story, kProductAgain,
       [](JournalRecord& r) {
         auto& order = event_in<ContributionOrdered>(r).order;
         order.purpose = "RESIDENT_PREMIUM", order.product = "", order.person = PersonId{"B"};
         return true;
       },
       "pays RESIDENT_PREMIUM 2027 of B again, record 8 paid it"},
      {"an_order_number_used_twice", year_story, kProductAgain,
       [](JournalRecord& r) {
         auto& order = event_in<ContributionOrdered>(r).order;
         return order.id = OrderId{order.id.number() - 1}, true;
       },
       "is there twice"},
      {"an_insurer_who_gives_back_less", year_story, kInsurerNo,
       [](JournalRecord& r) {
         return event_in<ContributionReversed>(r).returned.front().amount -= Fen{1}, true;
       },
       "does not give back exactly what was taken for order"},
      {"an_insurer_who_answers_another_order", year_story, kInsurerYes,
       [](JournalRecord& r) { return event_in<ContributionInsured>(r).order = OrderId{77}, true; },
       "the insurer answers order 77, which does not wait for it"},
      {"a_closed_account_with_money_left", year_story, kClose,
       [](JournalRecord& r) {
         return event_in<AccountTransferredOut>(r).carryover -= Fen{1}, true;
       },
       "empties the account of A of 741.99, which held 742.00"},
      {"a_fold_that_does_not_do_what_the_event_says", year_story, kClose,
       [](JournalRecord& r) {
         return event_in<AccountTransferredOut>(r).carryover -= Fen{1}, true;
       },
       "the household's money changed by -742.00, its events say -741.99"},
      {"a_split_that_leaves_a_mark_behind", year_story, kSplitB,
       [](JournalRecord& r) {
         return event_in<HouseholdDeparted>(r).contents.reviews.clear(), true;
       },
       "is not what it had"},
      {"a_split_that_arrives_without_its_marks", year_story, kSplitB + 1,
       [](JournalRecord& r) { return event_in<ContentsArrived>(r).contents.reviews.clear(), true; },
       "or with other contents"},
      {"a_pending_order_that_pays", tax_story, 6,
       [](JournalRecord& r) {
         event_in<ContributionOrdered>(r).order.legs = {
             {PersonId{"F"}, Bucket::kCarryover, Fen{1}, {}}};
         return true;
       },
       "a pending order moves money"},
      {"a_tax_answer_to_another_order", tax_story, 7,
       [](JournalRecord& r) { return event_in<ContributionAnswered>(r).order = OrderId{77}, true; },
       "the tax side answers order 77, which does not wait for it"},
  };
}

INSTANTIATE_TEST_SUITE_P(Faults, AuditFault, testing::ValuesIn(faults()),
                         [](const auto& row) { return std::string{row.param.name}; });

INSTANTIATE_TEST_SUITE_P(YearFaults, AuditFault, testing::ValuesIn(year_faults()),
                         [](const auto& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace gongji::ctl
