#include "domain/transactions/insured_status.hpp"

#include <array>

namespace gongji {
namespace {

using Check = std::optional<Refusal>;

Refusal refuse(Reason reason, const Person& person) { return {reason, person.id.text(), {}, {}}; }

Check not_ended(const Profile& profile, const Person& person, CivilDate) {
  const bool ended = profile.bind_needs_normal_status && person.status == InsuredStatus::kEnded;
  return ended ? Check{refuse(Reason::kNotInsured, person)} : Check{};
}
Check not_suspended(const Profile& profile, const Person& person, CivilDate) {  // SX-04
  const bool suspended =
      profile.bind_needs_normal_status && person.status == InsuredStatus::kSuspended;
  return suspended ? Check{refuse(Reason::kSuspended, person)} : Check{};
}

bool is_minor(const Person& person, CivilDate day) {
  const auto born = parse_date(person.card.birth_date);
  return born && CivilDate{born->year() + std::chrono::years{18}, born->month(), born->day()} > day;
}

// SX-21: minors and those who used up their attempts go to the agency, the others online.
Refusal correct_main(Reason reason, const Person& person, CivilDate day) {
  Refusal refusal = refuse(reason, person);
  const bool agency = person.duplicate_attempts_exceeded || is_minor(person, day);
  refusal.next_step = agency ? NextStep::kAgency : NextStep::kOnline;
  return refusal;
}
bool has_main(const Profile& profile, const Person& person, MainAccount main) {
  return profile.duplicates_block && person.duplicate_insurance && person.main_account == main;
}
Check main_chosen(const Profile& profile, const Person& person, CivilDate day) {  // SX-19
  if (!has_main(profile, person, MainAccount::kNone)) return {};
  return correct_main(Reason::kDuplicateInsured, person, day);
}
Check main_right(const Profile& profile, const Person& person, CivilDate day) {  // SX-20
  if (!has_main(profile, person, MainAccount::kWrong)) return {};
  return correct_main(Reason::kWrongMain, person, day);
}

}  // namespace

std::optional<Refusal> check_status(const Profile& profile,
                                    std::initializer_list<const Person*> persons, CivilDate day) {
  constexpr std::array kCauses{not_ended, not_suspended, main_chosen, main_right};
  for (const auto cause : kCauses)
    for (const Person* person : persons)
      if (Check check = cause(profile, *person, day)) return check;
  return {};
}

}  // namespace gongji
