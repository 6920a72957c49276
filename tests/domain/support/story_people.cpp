#include "tests/domain/support/story_people.hpp"

#include <functional>
#include <map>

namespace gongji::test {
namespace {

using Detail = std::function<void(Person&, Words&)>;

template <class Member, class Value>
Detail sets(Member Person::*member, Value value) {
  return [=](Person& person, Words&) { person.*member = value; };
}

Detail scheme(Scheme value) {
  return [=](Person& person, Words&) { person.card.scheme = value; };
}

void put_account(Person& person, Words& words) {
  const Fen whole = words.amount();
  person.current_year = Fen{whole.count() / 4};
  person.carryover = whole - person.current_year;
}

const std::map<std::string, Detail>& details() {
  static const std::map<std::string, Detail> table{
      {"employee", scheme(Scheme::kEmployee)},
      {"resident", scheme(Scheme::kResident)},
      {"help", scheme(Scheme::kHelpPlan)},
      {"carryover", [](Person& person, Words& words) { person.carryover = words.amount(); }},
      {"current", [](Person& person, Words& words) { person.current_year = words.amount(); }},
      {"account", put_account},
      {"in", [](Person& person, Words& words) { person.card.area = words.word("an area"); }},
      {"born", [](Person& person, Words& words) { person.card.birth_date = words.word("a date"); }},
      {"normal", sets(&Person::status, InsuredStatus::kNormal)},
      {"suspended", sets(&Person::status, InsuredStatus::kSuspended)},
      {"ended", sets(&Person::status, InsuredStatus::kEnded)},
      {"usable", sets(&Person::account_state, AccountState::kUsable)},
      {"frozen", sets(&Person::account_state, AccountState::kFrozen)},
      {"closed", sets(&Person::account_state, AccountState::kClosed)},
      {"single", sets(&Person::duplicate_insurance, false)},
      {"duplicate", sets(&Person::duplicate_insurance, true)},
      {"main-none", sets(&Person::main_account, MainAccount::kNone)},
      {"main-right", sets(&Person::main_account, MainAccount::kRight)},
      {"main-wrong", sets(&Person::main_account, MainAccount::kWrong)},
      {"group",
       [](Person& person, Words& words) {
         person.special_group = words.word("a group");
         if (person.special_group == "none") person.special_group.clear();
       }},
      {"attempts-used", sets(&Person::duplicate_attempts_exceeded, true)},
  };
  return table;
}

}  // namespace

Person read_person(Words& words, const std::string& area) {
  const std::string name = words.word("a name");
  Person person;
  person.id = PersonId{name};
  person.card.psn_name = name;
  person.card.certno = "ID-" + name;
  person.card.card_no = "CARD-" + name;
  person.card.area = area;
  read_person_details(words, person);
  return person;
}

void read_person_details(Words& words, Person& person) {
  while (!words.done()) {
    const std::string name = words.word("a detail");
    const auto found = details().find(name);
    if (found == details().end()) throw BadStep{"no detail of a person: " + name};
    found->second(person, words);
  }
}

std::vector<Mode> read_modes(Words& words) {
  std::vector<Mode> modes;
  while (const auto mode = mode_from_text(words.peek())) {
    words.word("a mode");
    modes.push_back(*mode);
  }
  return modes;
}

NewMember read_member(Words& words) {
  NewMember member;
  member.id = PersonId{words.word("a member")};
  const std::string relation = words.word("a relation");
  const auto known = relation_from_text(relation);
  if (!known) throw BadStep{"no relation: " + relation};
  member.relation = *known;
  for (;;) {
    if (words.take("quota"))
      member.quota = words.amount();
    else if (words.take("from"))
      member.window.from = words.date();
    else if (words.take("to"))
      member.window.to = words.date();
    else if (words.take("for"))
      member.modes = read_modes(words);
    else
      return member;
  }
}

}  // namespace gongji::test
