// How outcomes lie on disk: events or a refusal. A new kind of event gets the next free tag at the
// end of the list.
#pragma once

#include "domain/event.hpp"
#include "domain/record.hpp"
#include "stores/codec/command_fields.hpp"
#include "stores/codec/fields.hpp"
#include "stores/codec/household_fields.hpp"

namespace gongji::stores {

// clang-format off
template <> struct Tag<Events> : TagIs<1> {};
template <> struct Tag<Refusal> : TagIs<2> {};

template <> struct Tag<Settled> : TagIs<1> {};
template <> struct Tag<SettlementReversed> : TagIs<2> {};
template <> struct Tag<SettlementReapplied> : TagIs<3> {};
template <> struct Tag<PersonEnrolled> : TagIs<4> {};
template <> struct Tag<PersonDetailsChanged> : TagIs<5> {};
template <> struct Tag<NetworkFormed> : TagIs<6> {};
template <> struct Tag<ModesConfirmed> : TagIs<7> {};
template <> struct Tag<MemberBound> : TagIs<8> {};
template <> struct Tag<MemberUnbound> : TagIs<9> {};
template <> struct Tag<NetworkDisbanded> : TagIs<10> {};
template <> struct Tag<HouseholdDeparted> : TagIs<11> {};
template <> struct Tag<ContentsArrived> : TagIs<12> {};
template <> struct Tag<RelationCorrected> : TagIs<13> {};
template <> struct Tag<AccountCredited> : TagIs<14> {};
template <> struct Tag<AccountDebited> : TagIs<15> {};
template <> struct Tag<YearRolled> : TagIs<16> {};
template <> struct Tag<AccountTransferredOut> : TagIs<17> {};
template <> struct Tag<ContributionOrdered> : TagIs<18> {};
template <> struct Tag<ContributionAnswered> : TagIs<19> {};
template <> struct Tag<ContributionInsured> : TagIs<20> {};
template <> struct Tag<ContributionReversed> : TagIs<21> {};
template <> struct Tag<ReviewMarked> : TagIs<22> {};
// clang-format on

void describe(auto& fields, Is<Refusal> auto& refusal) {
  auto& [reason, detail, new_split, next_step, limit] = refusal;
  fields.bits(new_split, next_step, limit);
  fields(reason, detail);
  fields.if_present(new_split);
  fields.if_present(next_step);
  fields.if_present(limit);
}

void describe(auto& fields, Is<Settled> auto& event) {
  auto& [patient, card, bill, own, family, cash, current_year_taken, zero_reason, counts_relief,
         counts_deductible, taken_by_year] = event;
  fields.bits(counts_relief, counts_deductible);
  fields(patient, card, bill, own, family, cash, current_year_taken, zero_reason, taken_by_year);
}

void describe(auto& fields, Is<SettlementReversed> auto& event) {
  auto& [original, kind, patient, returned, cash_back, suspense] = event;
  fields(original, kind, patient, returned, cash_back, suspense);
}

void describe(auto& fields, Is<SettlementReapplied> auto& event) {
  auto& [original, cancel, patient, taken] = event;
  fields(original, cancel, patient, taken);
}

void describe(auto& fields, Is<PersonEnrolled> auto& event) {
  auto& [person] = event;
  fields(person);
}

void describe(auto& fields, Is<PersonDetailsChanged> auto& event) {
  auto& [person] = event;
  fields(person);
}

void describe(auto& fields, Is<NetworkFormed> auto& event) {
  auto& [organiser, family] = event;
  fields(organiser, family);
}

void describe(auto& fields, Is<ModesConfirmed> auto& event) {
  auto& [organiser, modes] = event;
  fields(organiser, modes);
}

void describe(auto& fields, Is<MemberBound> auto& event) {
  auto& [organiser, link] = event;
  fields(organiser, link);
}

void describe(auto& fields, Is<MemberUnbound> auto& event) {
  auto& [organiser, link] = event;
  fields(organiser, link);
}

void describe(auto& fields, Is<NetworkDisbanded> auto& event) {
  auto& [organiser] = event;
  fields(organiser);
}

void describe(auto& fields, Is<HouseholdDeparted> auto& event) {
  auto& [to, contents] = event;
  fields(to, contents);
}

void describe(auto& fields, Is<ContentsArrived> auto& event) {
  auto& [contents, departed] = event;
  fields(contents, departed);
}

void describe(auto& fields, Is<RelationCorrected> auto& event) {
  auto& [organiser, link, relation] = event;
  fields(organiser, link, relation);
}

void describe(auto& fields, Is<AccountCredited> auto& event) {
  auto& [person, bucket, amount, year, reason] = event;
  fields(person, bucket, amount, year, reason);
}

void describe(auto& fields, Is<AccountDebited> auto& event) {
  auto& [person, bucket, amount, reason] = event;
  fields(person, bucket, amount, reason);
}

void describe(auto& fields, Is<YearRolled> auto& event) {
  auto& [person, year, moved, interest] = event;
  fields(person, year, moved, interest);
}

void describe(auto& fields, Is<AccountTransferredOut> auto& event) {
  auto& [person, current_year, carryover, reason] = event;
  fields(person, current_year, carryover, reason);
}

void describe(auto& fields, Is<ContributionOrdered> auto& event) {
  auto& [order, person_name, payer_name, certno, area] = event;
  fields(order, person_name, payer_name, certno, area);
}

void describe(auto& fields, Is<ContributionAnswered> auto& event) {
  auto& [order, accepted, detail] = event;
  fields.bits(accepted);
  fields(order, detail);
}

void describe(auto& fields, Is<ContributionInsured> auto& event) {
  auto& [order] = event;
  fields(order);
}

void describe(auto& fields, Is<ContributionReversed> auto& event) {
  auto& [order, returned, suspense, detail] = event;
  fields(order, returned, suspense, detail);
}

void describe(auto& fields, Is<ReviewMarked> auto& event) {
  auto& [review, under_review] = event;
  fields.bits(under_review);
  fields(review);
}

}  // namespace gongji::stores
