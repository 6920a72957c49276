// Operations as the commands of the product. Part of product.hpp.
#include "tests/domain/rules/model/product.hpp"

namespace gongji::model {
namespace {

using namespace std::chrono;

CivilDate date_of(int day) { return sys_days{2026y / May / 1} + days{day}; }

SettleCommand bill_of(const Operation& op) {
  SettleCommand command;
  command.patient = person_named(op.who);
  command.certificate = {"02", op.bill.own_card ? "ID" + command.patient.text() : "ID-another"};
  command.place.institution = InstitutionCode{"H1"};
  command.place.area = op.bill.place;
  command.place.designated = op.bill.designated;
  command.place.channel = op.bill.pharmacy ? Channel::kPharmacy : Channel::kHospital;
  command.parts.medfee_sum = Fen{op.bill.total};
  command.parts.fund_pay_sum = Fen{op.bill.pooled};
  command.parts.hospital_part = Fen{op.bill.hospital};
  command.parts.full_own_pay = Fen{op.bill.own_pay};
  command.parts.current_year_taken = Fen{op.bill.taken};
  if (op.bill.listed > 0)
    command.parts.own_pay_lines = {{"C14030000000000000201", Fen{op.bill.listed}}};
  command.use_account = op.bill.use_account;
  command.use_family = op.bill.use_family;
  if (op.kind == Kind::kSettleAsQuoted)
    command.quoted = Split{Fen{op.quoted.own}, Fen{op.quoted.family}, Fen{op.quoted.cash}};
  return command;
}

std::vector<Mode> modes_of(const std::vector<std::string>& texts) {
  std::vector<Mode> modes;
  for (const std::string& text : texts) modes.push_back(*mode_from_text(text));
  return modes;
}

NewMember member_of(const Tie& tie) {
  NewMember member{person_named(tie.member), *relation_from_text(tie.relation), {}, {}};
  if (tie.quota) member.quota = Fen{*tie.quota};
  if (tie.from) member.window.from = date_of(*tie.from);
  if (tie.to) member.window.to = date_of(*tie.to);
  member.modes = modes_of(tie.modes);
  return member;
}

MainAccount main_of(const std::string& text) {
  if (text == "right") return MainAccount::kRight;
  return text == "wrong" ? MainAccount::kWrong : MainAccount::kNone;
}

AccountState account_of(const std::string& text) {
  if (text == "frozen") return AccountState::kFrozen;
  return text == "closed" ? AccountState::kClosed : AccountState::kUsable;
}

ChangePersonCommand report_of(const Operation& op) {
  ChangePersonCommand command{person_named(op.who), {}};
  if (op.what == "status") command.patch.status = static_cast<InsuredStatus>(std::stoi(op.value));
  if (op.what == "area") command.patch.area = op.value;
  if (op.what == "twice") command.patch.duplicate_insurance = op.value == "yes";
  if (op.what == "main") command.patch.main_account = main_of(op.value);
  if (op.what == "account") command.patch.account_state = account_of(op.value);
  if (op.what == "group") command.patch.special_group = op.value;
  return command;
}

Scheme scheme_of(const std::string& text) {
  if (text == "employee") return Scheme::kEmployee;
  return text == "resident" ? Scheme::kResident : Scheme::kHelpPlan;
}

}  // namespace

PersonId person_named(int number) { return PersonId{"p" + std::to_string(number)}; }

Instant moment_of(int day, int tick) {
  return start_of(date_of(day)) + hours{9} + milliseconds{tick};
}

Person person_of(const CastMember& member, int number) {
  Person person;
  person.id = person_named(number);
  person.card.psn_name = person.id.text();
  person.card.certno = "ID" + person.id.text();
  person.card.scheme = scheme_of(member.scheme);
  person.card.area = member.area;
  person.special_group = member.group;
  person.current_year = Fen{member.current_year};
  person.carryover = Fen{member.carryover};
  return person;
}

Command command_of(const Operation& op, const std::vector<Place>& settlements,
                   const std::vector<OrderPlace>& orders) {
  const PersonId who = person_named(op.who);
  const Bucket bucket = op.what == "carryover" ? Bucket::kCarryover : Bucket::kCurrentYear;
  const auto at = static_cast<std::size_t>(op.target);
  switch (op.kind) {
    case Kind::kSettle:
    case Kind::kSettleAsQuoted: return bill_of(op);
    case Kind::kCancel: return ReverseCommand{who, settlements.at(at).settled, {}};
    case Kind::kUndo: return ReverseCommand{who, settlements.at(at).settled, ReversalKind::kUndo};
    case Kind::kReapply:
      return ReapplyCommand{who, settlements.at(at).settled, settlements.at(at).cancelled};
    case Kind::kRefund: return PartialRefundCommand{settlements.at(at).settled, bill_of(op)};
    case Kind::kForm: {
      FormNetworkCommand form{who, op.family, modes_of(op.modes), {}};
      for (const Tie& tie : op.ties) form.members.push_back(member_of(tie));
      return form;
    }
    case Kind::kBind: return BindCommand{who, op.family, member_of(op.ties.front())};
    case Kind::kRebind: return RebindCommand{who, member_of(op.ties.front())};
    case Kind::kCorrect: {
      const NewMember said = member_of(op.ties.front());
      return CorrectRelationCommand{who, said.id, said.relation};
    }
    case Kind::kModes: return ConfirmModesCommand{who, modes_of(op.modes)};
    case Kind::kUnbind: return UnbindCommand{who, person_named(op.other), false};
    case Kind::kLeave: return UnbindCommand{who, person_named(op.other), true};
    case Kind::kDisband: return DisbandCommand{who};
    case Kind::kReport: return report_of(op);
    case Kind::kCredit: return CreditCommand{who, bucket, Fen{op.amount}, "MODEL"};
    case Kind::kDebit: return DebitCommand{who, bucket, Fen{op.amount}, "MODEL"};
    case Kind::kRoll: return RollYearCommand{who, op.year, Fen{op.amount}};
    case Kind::kTransferOut: return TransferOutCommand{who, "TRANSFER"};
    case Kind::kContribute:
      return ContributeCommand{who, op.other < 0 ? PersonId{} : person_named(op.other), op.purpose,
                               op.product, op.year};
    case Kind::kTax:
      return AnswerTaxCommand{orders.at(at).payer, orders.at(at).ordered, op.accepted, ""};
    case Kind::kInsurer:
      return AnswerInsurerCommand{orders.at(at).payer, orders.at(at).ordered, op.accepted, ""};
  }
  return TombstoneCommand{};
}

}  // namespace gongji::model
