// The steps of a story that change something. Part of story.hpp.
#include "tests/domain/support/story.hpp"
#include "tests/domain/support/story_bills.hpp"
#include "tests/domain/support/story_people.hpp"

namespace gongji::test {

StoryAnswer Story::add_person(Words& words) {
  return done_answer(run(EnrolCommand{read_person(words, area_)}));
}

StoryAnswer Story::change_person(Words& words) {
  Person person = books_.person(PersonId{words.word("a name")});
  read_person_details(words, person);
  return done_answer(run(EnrolCommand{person}));
}

StoryAnswer Story::form(Words& words) {
  FormNetworkCommand command{PersonId{words.word("an organiser")}, family_, {}, {}};
  if (words.take("modes")) command.modes = read_modes(words);
  while (words.take("with")) command.members.push_back(member_of(words));
  return done_answer(run(command));
}

StoryAnswer Story::bind(Words& words) {
  const PersonId organiser{words.word("an organiser")};
  return done_answer(run(BindCommand{organiser, family_, member_of(words)}));
}

StoryAnswer Story::rebind(Words& words) {
  const PersonId organiser{words.word("an organiser")};
  return done_answer(run(RebindCommand{organiser, member_of(words)}));
}

StoryAnswer Story::correct_relation(Words& words) {
  const PersonId organiser{words.word("an organiser")};
  const NewMember member = read_member(words);
  return done_answer(run(CorrectRelationCommand{organiser, member.id, member.relation}));
}

NewMember Story::member_of(Words& words) const {
  NewMember member = read_member(words);
  const CivilDate today = civil_date(clock_);
  const bool said = member.window.from || member.window.to;
  if (said || !profiles_.of_family(family_, today).window_required) return member;
  member.window = {CivilDate{today.year(), std::chrono::January, std::chrono::day{1}},
                   CivilDate{today.year(), std::chrono::December, std::chrono::day{31}}};
  return member;
}

StoryAnswer Story::confirm_modes(Words& words) {
  const PersonId organiser{words.word("an organiser")};
  return done_answer(run(ConfirmModesCommand{organiser, read_modes(words)}));
}

StoryAnswer Story::unbind(Words& words) {
  const PersonId organiser{words.word("an organiser")};
  return done_answer(run(UnbindCommand{organiser, PersonId{words.word("a member")}, false}));
}

StoryAnswer Story::leave(Words& words) {
  const PersonId member{words.word("a member")};
  return done_answer(run(UnbindCommand{PersonId{words.word("an organiser")}, member, true}));
}

StoryAnswer Story::disband(Words& words) {
  return done_answer(run(DisbandCommand{PersonId{words.word("an organiser")}}));
}

StoryAnswer Story::pay(Words& words) {
  StoryBill read = read_bill(words, area_);
  Bill& bill = bills_[read.label] = Bill{std::move(read.command), {}, {}};
  return settle(bill);
}

StoryAnswer Story::quote(Words& words) {
  StoryBill read = read_bill(words, area_);
  Bill& bill = bills_[read.label] = Bill{std::move(read.command), {}, {}};
  const auto settled = books_.quote(bill.command, clock_);
  if (!settled) return answer_of(settled.error());
  bill.command.quoted = settled->split();
  return answer_of(*settled, all_cash(bill.command.parts, settled->split()));
}

StoryAnswer Story::settle_quoted(Words& words) { return settle(bill_named(words)); }
StoryAnswer Story::confirm_stale(Words& words) { return settle(bill_named(words)); }

StoryAnswer Story::settle(Bill& bill) {
  const JournalRecord& record = run(bill.command);
  if (const Refusal* refusal = record.refusal()) {
    if (refusal->new_split) bill.command.quoted = refusal->new_split;  // what `confirm` agrees to
    return answer_of(*refusal);
  }
  bill.settled = record.sequence;
  const Settled& settled = *record.event<Settled>();
  return answer_of(settled, all_cash(bill.command.parts, settled.split()));
}

StoryAnswer Story::reverse(Bill& bill, ReversalKind kind) {
  const JournalRecord& record = run(ReverseCommand{bill.command.patient, bill.settled, kind});
  const auto* reversed = record.event<SettlementReversed>();
  if (reversed == nullptr) return done_answer(record);
  bill.cancelled = record.sequence;
  return answer_of(*reversed);
}

StoryAnswer Story::cancel(Words& words) {
  return reverse(bill_named(words), ReversalKind::kCancel);
}
StoryAnswer Story::undo(Words& words) { return reverse(bill_named(words), ReversalKind::kUndo); }

StoryAnswer Story::restore(Words& words) {
  const Bill& bill = bill_named(words);
  return done_answer(run(ReapplyCommand{bill.command.patient, bill.settled, bill.cancelled}));
}

StoryAnswer Story::refund(Words& words) {
  Bill& bill = bill_named(words);
  SettleCommand smaller = bill.command;
  smaller.quoted.reset();
  smaller.parts.medfee_sum =
      words.amount() + smaller.parts.fund_pay_sum + smaller.parts.hospital_part;
  const JournalRecord& record = run(PartialRefundCommand{bill.settled, smaller});
  const Settled* settled = record.event<Settled>();
  if (settled == nullptr) return done_answer(record);
  bill = {smaller, record.sequence, Sequence{}};
  return answer_of(*settled, all_cash(smaller.parts, settled->split()));
}

StoryAnswer Story::mark(Words& words, bool under_review) {
  const Bill& bill = bill_named(words);
  const Review review{bill.settled, LinkId{}, bill.command.patient, "looked into"};
  return done_answer(run(ReviewCommand{review, under_review}));
}
StoryAnswer Story::review(Words& words) { return mark(words, true); }
StoryAnswer Story::lift_review(Words& words) { return mark(words, false); }

Story::Bill& Story::bill_named(Words& words) {
  const std::string label = words.word("a label");
  const auto found = bills_.find(label);
  if (found == bills_.end()) throw BadStep{"no bill is called " + label};
  return found->second;
}

}  // namespace gongji::test
