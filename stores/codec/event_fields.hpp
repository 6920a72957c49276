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
// clang-format on

void describe(auto& fields, Is<Refusal> auto& refusal) {
  auto& [reason, detail, new_split, next_step] = refusal;
  fields.bits(new_split, next_step);
  fields(reason, detail);
  fields.if_present(new_split);
  fields.if_present(next_step);
}

void describe(auto& fields, Is<Leg> auto& leg) {
  auto& [owner, bucket, amount, link] = leg;
  fields(owner, bucket, amount, link);
}

void describe(auto& fields, Is<Settled> auto& event) {
  auto& [patient, card, bill, own, family, cash, current_year_taken, zero_reason, counts_relief,
         counts_deductible] = event;
  fields.bits(counts_relief, counts_deductible);
  fields(patient, card, bill, own, family, cash, current_year_taken, zero_reason);
}

void describe(auto& fields, Is<SettlementReversed> auto& event) {
  auto& [original, kind, patient, returned, cash_back] = event;
  fields(original, kind, patient, returned, cash_back);
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
  auto& [contents] = event;
  fields(contents);
}

}  // namespace gongji::stores
