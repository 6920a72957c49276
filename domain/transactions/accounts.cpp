#include "domain/transactions/accounts.hpp"

namespace gongji {
namespace {

Refusal refuse(Reason reason, std::string detail = {}) {
  return {reason, std::move(detail), {}, {}};
}

// Who has an account that money may move in; closed is final.
std::optional<Refusal> check_account(const Household& household, const PersonId& id) {
  const Person* person = household.find(id);
  if (person == nullptr) return refuse(Reason::kNoPerson, id.text());
  if (!person->has_account()) return refuse(Reason::kNotEmployee);
  if (person->account_state == AccountState::kClosed) return refuse(Reason::kAccountUnusable);
  return {};
}

// A closed account ends the network it fed; a frozen one keeps it.
void end_network(const Household& household, const PersonId& organiser, Events& events) {
  if (household.network_of(organiser) != nullptr) events.emplace_back(NetworkDisbanded{organiser});
}

}  // namespace

Decision decide_credit(const Household& household, const CreditCommand& command,
                       const Context& context) {
  if (auto refusal = check_account(household, command.person)) return *refusal;
  if (!command.amount.is_positive()) return refuse(Reason::kField, "amount 应大于零");
  const CivilDate day = civil_date(context.at);
  const Profile& profile = context.profiles.of_area(household.find(command.person)->card.area, day);
  const bool current = command.bucket == Bucket::kCurrentYear;
  if (current && !profile.has_year_roll)
    return refuse(Reason::kField, "bucket 当地账户不分当年与历年，请用 carryover");
  const int year = current ? profile.insurance_year(day) : 0;
  return Events{
      AccountCredited{command.person, command.bucket, command.amount, year, command.reason}};
}

Decision decide_debit(const Household& household, const DebitCommand& command) {
  if (auto refusal = check_account(household, command.person)) return *refusal;
  if (!command.amount.is_positive()) return refuse(Reason::kField, "amount 应大于零");
  const Fen held = household.find(command.person)->balance(command.bucket);
  if (command.amount > held) {
    Refusal refusal = refuse(Reason::kField, "amount 超过余额 " + to_yuan_text(held));
    refusal.limit = held;
    return refusal;
  }
  return Events{AccountDebited{command.person, command.bucket, command.amount, command.reason}};
}

Decision decide_roll(const Household& household, const RollYearCommand& command,
                     const Context& context) {
  const Person* person = household.find(command.person);
  if (person == nullptr) return refuse(Reason::kNoPerson, command.person.text());
  const CivilDate day = civil_date(context.at);
  const Profile& profile = context.profiles.of_area(person->card.area, day);
  const bool nothing_to_do = !person->has_account() || !profile.has_year_roll ||
                             person->account_state == AccountState::kClosed ||
                             person->rolled_year >= command.year;
  if (nothing_to_do) return Events{};
  if (command.year >= profile.insurance_year(day))  // the year has not ended yet
    return refuse(Reason::kField, "year 该年度尚未结束，不能结转");
  if (command.interest.is_negative()) return refuse(Reason::kField, "interest 不能为负");
  return Events{
      YearRolled{command.person, command.year, person->rolls_in(command.year), command.interest}};
}

Decision decide_transfer_out(const Household& household, const TransferOutCommand& command) {
  if (auto refusal = check_account(household, command.person)) return *refusal;
  const Person& person = *household.find(command.person);
  Events events{
      AccountTransferredOut{person.id, person.current_year, person.carryover, command.reason}};
  end_network(household, person.id, events);
  return events;
}

Decision decide_view(const Household& household, const ViewAccountCommand& command) {
  if (household.find(command.person) != nullptr) return Events{};
  return refuse(Reason::kNoPerson, command.person.text());
}

Decision decide_change_person(const Household& household, const ChangePersonCommand& command) {
  const Person* known = household.find(command.person);
  if (known == nullptr) return refuse(Reason::kNoPerson, command.person.text());
  Person changed = *known;
  const PersonPatch& patch = command.patch;
  changed.status = patch.status.value_or(changed.status);
  changed.card.area = patch.area.value_or(changed.card.area);
  changed.duplicate_insurance = patch.duplicate_insurance.value_or(changed.duplicate_insurance);
  changed.main_account = patch.main_account.value_or(changed.main_account);
  changed.duplicate_attempts_exceeded =
      patch.duplicate_attempts_exceeded.value_or(changed.duplicate_attempts_exceeded);
  changed.account_state = patch.account_state.value_or(changed.account_state);
  changed.special_group = patch.special_group.value_or(changed.special_group);
  if (changed == *known) return Events{};
  Events events{PersonDetailsChanged{changed}};
  if (changed.account_state == AccountState::kClosed) end_network(household, changed.id, events);
  return events;
}

}  // namespace gongji
