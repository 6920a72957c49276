#include "domain/posting.hpp"

#include <gtest/gtest.h>

#include <set>

namespace gongji {
namespace {

Leg leg(Fen amount, Bucket bucket = Bucket::kCarryover) {
  return {PersonId{"anna"}, bucket, amount, LinkId{}};
}

JournalRecord settlement(const char* infno, const char* med_type) {
  SettleCommand command;
  command.patient = PersonId{"anna"};
  command.place = {InstitutionCode{"H1"}, "310101", Channel::kHospital, true};
  command.med_type = med_type;
  command.visit_id = "V1";
  command.parts.medfee_sum = Fen{10'000};
  command.parts.fund_pay_sum = Fen{2'000};
  Settled settled;
  settled.patient = command.patient;
  settled.card.scheme = Scheme::kResident;
  settled.own = {leg(Fen{1'000}), leg(Fen{500}, Bucket::kCurrentYear)};
  settled.family = {leg(Fen{3'000}), leg(Fen{200})};
  settled.current_year_taken = Fen{70};
  settled.cash = Fen{3'230};
  JournalRecord record;
  record.sequence = Sequence{42};
  record.origin.key.institution = InstitutionCode{"H1"};
  record.origin.key.infno = infno;
  record.profile.id = "SH-2025";
  record.command = command;
  record.outcome = Events{settled};
  return record;
}

JournalRecord taken_back(Event event) {
  JournalRecord record;
  record.sequence = Sequence{50};
  record.origin.key.institution = InstitutionCode{"H1"};
  record.command = ReverseCommand{};
  record.outcome = Events{std::move(event)};
  return record;
}

TEST(Posting, ASettlementPostsItsAmountsByWhoPaid) {
  const JournalRecord record = settlement("2207", "11");
  const auto [institution, undoing, settled] = postings_of(record);
  ASSERT_TRUE(settled);
  EXPECT_EQ(*institution, InstitutionCode{"H1"});
  EXPECT_FALSE(undoing);
  EXPECT_EQ(settled->posting.total, Fen{10'000});
  EXPECT_EQ(settled->posting.pooled, Fen{2'000});
  EXPECT_EQ(settled->posting.own, Fen{1'570});
  EXPECT_EQ(settled->posting.family, Fen{3'200});
  EXPECT_EQ(settled->posting.check, posting_check("anna", "V1"));
  const PostingGroupView group{Scheme::kResident, Clearing::kOutpatient, "310101", "SH-2025"};
  EXPECT_EQ(settled->group, group);
}

TEST(Posting, HowItIsClearedComesFromTheTransaction) {
  const struct {
    const char* infno;
    const char* med_type;
    Clearing clearing;
  } kRows[] = {
      {"2102", "41", Clearing::kPharmacy},
      {"2102A", "11", Clearing::kPharmacy},
      {"2207", "21", Clearing::kOutpatient},
      {"2207A", "14", Clearing::kOutpatient},
      {"2304", "11", Clearing::kInpatient},
      {"POST /v1/settlements/{setl_id}/partial-refund", "41", Clearing::kPharmacy},
      {"POST /v1/settlements/{setl_id}/partial-refund", "2101", Clearing::kInpatient},
      {"POST /v1/settlements/{setl_id}/partial-refund", "14", Clearing::kOutpatient},
  };
  for (const auto& row : kRows) {
    const JournalRecord record = settlement(row.infno, row.med_type);
    EXPECT_EQ(postings_of(record).settled->group.clearing, row.clearing)
        << row.infno << " " << row.med_type;
  }
}

TEST(Posting, WhatTakesBackOrPutsBackNamesTheSettlement) {
  const struct {
    Event event;
    PostingKind kind;
  } kRows[] = {
      {SettlementReversed{Sequence{42}, ReversalKind::kCancel, {}, {}, {}},
       PostingKind::kCancelled},
      {SettlementReversed{Sequence{42}, ReversalKind::kUndo, {}, {}, {}}, PostingKind::kUndone},
      {SettlementReapplied{Sequence{42}, Sequence{49}, {}, {}}, PostingKind::kReapplied},
  };
  for (const auto& row : kRows) {
    const JournalRecord record = taken_back(row.event);
    const auto [institution, undoing, settled] = postings_of(record);
    ASSERT_TRUE(undoing);
    EXPECT_FALSE(settled);
    EXPECT_EQ(*institution, InstitutionCode{"H1"});
    EXPECT_EQ(undoing->posting.kind, row.kind);
    EXPECT_EQ(undoing->posting.record, Sequence{50});
    EXPECT_EQ(undoing->posting.original, Sequence{42});
  }
}

TEST(Posting, APartialRefundTakesBackAndSettlesAtThePlaceOfTheSettlement) {
  JournalRecord record = settlement("POST", "41");
  record.origin.key.institution = InstitutionCode{"agency"};
  const auto smaller = std::get<SettleCommand>(record.command);
  Events events{SettlementReversed{Sequence{41}, ReversalKind::kCancel, {}, {}, {}}};
  events.push_back(std::get<Events>(record.outcome)[0]);
  record.command = PartialRefundCommand{Sequence{41}, smaller};
  record.outcome = events;
  const auto [institution, undoing, settled] = postings_of(record);
  EXPECT_EQ(*institution, InstitutionCode{"H1"});
  EXPECT_TRUE(undoing && settled);
}

TEST(Posting, RefusedAndOtherRecordsPostNothing) {
  JournalRecord refused = settlement("2102", "41");
  refused.outcome = Refusal{Reason::kQuota, "", {}, {}};
  EXPECT_EQ(postings_of(refused).institution, nullptr);
  EXPECT_EQ(postings_of(taken_back(YearRolled{})).institution, nullptr);
  EXPECT_EQ(postings_of(JournalRecord{}).institution, nullptr);
}

TEST(Posting, ADayBeginsAtMidnightInUtcPlus8) {
  using namespace std::chrono;
  const CivilDate date{year{2026}, month{11}, day{22}};
  EXPECT_EQ(day_bucket(start_of(date)), day_bucket(date));
  EXPECT_EQ(day_bucket(start_of(date) - milliseconds{1}), day_bucket(date) - 1);
  EXPECT_EQ(CivilDate{sys_days{days{day_bucket(date)}}}, date);
}

TEST(Posting, TheCheckTellsPersonsAndVisitsApart) {
  std::set<std::uint32_t> seen;
  for (int i = 0; i < 1'000; ++i) {
    seen.insert(posting_check("3101010000000000000000" + std::to_string(i), "M1"));
    seen.insert(posting_check("31010100000000000000001", "M" + std::to_string(i + 2)));
  }
  seen.insert(posting_check("a", "bc"));
  seen.insert(posting_check("ab", "c"));
  EXPECT_EQ(seen.size(), 2'002U);
}

}  // namespace
}  // namespace gongji
