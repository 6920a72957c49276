// How commands lie on disk. A new kind of command gets the next free tag at the end of the list.
#pragma once

#include "domain/command.hpp"
#include "stores/codec/fields.hpp"
#include "stores/codec/household_fields.hpp"

namespace gongji::stores {

// clang-format off
template <> struct Tag<SettleCommand> : TagIs<1> {};
template <> struct Tag<ReverseCommand> : TagIs<2> {};
template <> struct Tag<ReapplyCommand> : TagIs<3> {};
template <> struct Tag<TombstoneCommand> : TagIs<4> {};
template <> struct Tag<EnrolCommand> : TagIs<5> {};
template <> struct Tag<FormNetworkCommand> : TagIs<6> {};
template <> struct Tag<BindCommand> : TagIs<7> {};
template <> struct Tag<ConfirmModesCommand> : TagIs<8> {};
template <> struct Tag<UnbindCommand> : TagIs<9> {};
template <> struct Tag<DisbandCommand> : TagIs<10> {};
template <> struct Tag<DepartCommand> : TagIs<11> {};
template <> struct Tag<ArriveCommand> : TagIs<12> {};
template <> struct Tag<CorrectRelationCommand> : TagIs<13> {};
template <> struct Tag<RebindCommand> : TagIs<14> {};
template <> struct Tag<ChangePersonCommand> : TagIs<15> {};
template <> struct Tag<CreditCommand> : TagIs<16> {};
template <> struct Tag<DebitCommand> : TagIs<17> {};
template <> struct Tag<RollYearCommand> : TagIs<18> {};
template <> struct Tag<TransferOutCommand> : TagIs<19> {};
template <> struct Tag<ContributeCommand> : TagIs<20> {};
template <> struct Tag<AnswerTaxCommand> : TagIs<21> {};
template <> struct Tag<AnswerInsurerCommand> : TagIs<22> {};
template <> struct Tag<PartialRefundCommand> : TagIs<23> {};
template <> struct Tag<ReviewCommand> : TagIs<24> {};
template <> struct Tag<ViewAccountCommand> : TagIs<25> {};
template <> struct Tag<RecordVisitCommand> : TagIs<26> {};
// clang-format on

void describe(auto& fields, Is<MessageKey> auto& key) {
  auto& [institution, infno, msgid] = key;
  fields(institution, infno, msgid);
}

void describe(auto& fields, Is<Place> auto& place) {
  auto& [institution, area, channel, designated] = place;
  fields.bits(designated);
  fields(institution, area, channel);
}

void describe(auto& fields, Is<Certificate> auto& certificate) {
  auto& [type, number] = certificate;
  fields(type, number);
}

void describe(auto& fields, Is<OwnPayLine> auto& line) {
  auto& [med_list_codg, amount] = line;
  fields(med_list_codg, amount);
}

void describe(auto& fields, Is<BillParts> auto& parts) {
  auto& [medfee_sum, fund_pay_sum, hospital_part, full_own_pay, over_limit, pay_first, in_scope,
         current_year_taken, own_pay_lines] = parts;
  fields.bits(in_scope);
  fields(medfee_sum, fund_pay_sum, hospital_part, full_own_pay, over_limit, pay_first);
  fields.if_present(in_scope);
  fields(current_year_taken, own_pay_lines);
}

void describe(auto& fields, Is<Split> auto& split) {
  auto& [own, family, cash] = split;
  fields(own, family, cash);
}

void describe(auto& fields, Is<NewMember> auto& member) {
  auto& [id, relation, quota, window, modes] = member;
  fields.bits(quota);
  fields(id, relation);
  fields.if_present(quota);
  fields(window, modes);
}

void describe(auto& fields, Is<SettleCommand> auto& command) {
  auto& [patient, certificate, place, med_type, visit_id, parts, use_account, use_family, quoted] =
      command;
  fields.bits(use_account, use_family, quoted);
  fields(patient, certificate, place, med_type, visit_id, parts);
  fields.if_present(quoted);
}

void describe(auto& fields, Is<ReverseCommand> auto& command) {
  auto& [patient, original, kind] = command;
  fields(patient, original, kind);
}

void describe(auto& fields, Is<ReapplyCommand> auto& command) {
  auto& [patient, original, cancel] = command;
  fields(patient, original, cancel);
}

void describe(auto& fields, Is<TombstoneCommand> auto& command) {
  auto& [original] = command;
  fields(original);
}

void describe(auto& fields, Is<EnrolCommand> auto& command) {
  auto& [person] = command;
  fields(person);
}

void describe(auto& fields, Is<FormNetworkCommand> auto& command) {
  auto& [organiser, family, modes, members] = command;
  fields(organiser, family, modes, members);
}

void describe(auto& fields, Is<BindCommand> auto& command) {
  auto& [organiser, family, member] = command;
  fields(organiser, family, member);
}

void describe(auto& fields, Is<ConfirmModesCommand> auto& command) {
  auto& [organiser, modes] = command;
  fields(organiser, modes);
}

void describe(auto& fields, Is<UnbindCommand> auto& command) {
  auto& [organiser, member, by_member] = command;
  fields.bits(by_member);
  fields(organiser, member);
}

void describe(auto& fields, Is<DisbandCommand> auto& command) {
  auto& [organiser] = command;
  fields(organiser);
}

void describe(auto& fields, Is<DepartCommand> auto& command) {
  auto& [to, persons] = command;
  fields(to, persons);
}

void describe(auto& fields, Is<ArriveCommand> auto& command) {
  auto& [contents, departed] = command;
  fields(contents, departed);
}

void describe(auto& fields, Is<CorrectRelationCommand> auto& command) {
  auto& [organiser, member, relation] = command;
  fields(organiser, member, relation);
}

void describe(auto& fields, Is<RebindCommand> auto& command) {
  auto& [organiser, member] = command;
  fields(organiser, member);
}

void describe(auto& fields, Is<PersonPatch> auto& patch) {
  auto& [status, area, duplicate_insurance, main_account, duplicate_attempts_exceeded,
         account_state, special_group] = patch;
  fields.bits(status, area, main_account, account_state, special_group);
  fields.bits(duplicate_insurance, duplicate_attempts_exceeded);
  fields.if_present(status);
  fields.if_present(area);
  fields.if_present(main_account);
  fields.if_present(account_state);
  fields.if_present(special_group);
}

void describe(auto& fields, Is<ChangePersonCommand> auto& command) {
  auto& [person, patch] = command;
  fields(person, patch);
}

void describe(auto& fields, Is<CreditCommand> auto& command) {
  auto& [person, bucket, amount, reason] = command;
  fields(person, bucket, amount, reason);
}

void describe(auto& fields, Is<DebitCommand> auto& command) {
  auto& [person, bucket, amount, reason] = command;
  fields(person, bucket, amount, reason);
}

void describe(auto& fields, Is<RollYearCommand> auto& command) {
  auto& [person, year, interest] = command;
  fields(person, year, interest);
}

void describe(auto& fields, Is<TransferOutCommand> auto& command) {
  auto& [person, reason] = command;
  fields(person, reason);
}

void describe(auto& fields, Is<ContributeCommand> auto& command) {
  auto& [person, ordered_by, purpose, product, year] = command;
  fields(person, ordered_by, purpose, product, year);
}

void describe(auto& fields, Is<AnswerTaxCommand> auto& command) {
  auto& [payer, contribution, accepted, detail] = command;
  fields.bits(accepted);
  fields(payer, contribution, detail);
}

void describe(auto& fields, Is<AnswerInsurerCommand> auto& command) {
  auto& [payer, contribution, accepted, detail] = command;
  fields.bits(accepted);
  fields(payer, contribution, detail);
}

void describe(auto& fields, Is<PartialRefundCommand> auto& command) {
  auto& [original, smaller] = command;
  fields(original, smaller);
}

void describe(auto& fields, Is<ViewAccountCommand> auto& command) {
  auto& [person] = command;
  fields(person);
}

void describe(auto& fields, Is<RecordVisitCommand> auto& command) {
  auto& [step, patient, visit_id, area] = command;
  fields(step, patient, visit_id, area);
}

void describe(auto& fields, Is<ReviewCommand> auto& command) {
  auto& [review, under_review] = command;
  fields.bits(under_review);
  fields(review);
}

}  // namespace gongji::stores
