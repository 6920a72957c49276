#include "gateway/rest/privacy.hpp"

#include <algorithm>

namespace gongji::gateway::rest {
namespace {

std::vector<PersonId> members_of(const FormNetworkCommand& command) {
  std::vector<PersonId> persons{command.organiser};
  for (const NewMember& member : command.members) persons.push_back(member.id);
  return persons;
}

struct Named {
  std::vector<PersonId> operator()(const FormNetworkCommand& c) const { return members_of(c); }
  std::vector<PersonId> operator()(const BindCommand& c) const {
    return {c.organiser, c.member.id};
  }
  std::vector<PersonId> operator()(const RebindCommand& c) const {
    return {c.organiser, c.member.id};
  }
  std::vector<PersonId> operator()(const UnbindCommand& c) const { return {c.organiser, c.member}; }
  std::vector<PersonId> operator()(const CorrectRelationCommand& c) const {
    return {c.organiser, c.member};
  }
  std::vector<PersonId> operator()(const ConfirmModesCommand& c) const { return {c.organiser}; }
  std::vector<PersonId> operator()(const DisbandCommand& c) const { return {c.organiser}; }
  std::vector<PersonId> operator()(const ContributeCommand& c) const {
    return {c.person, c.ordered_by};
  }
  // The rest is no app's business.
  template <class Other>
  std::vector<PersonId> operator()(const Other&) const {
    return {};
  }
};

struct Owner {
  PersonId operator()(const FormNetworkCommand& c) const { return c.organiser; }
  PersonId operator()(const BindCommand& c) const { return c.organiser; }
  PersonId operator()(const RebindCommand& c) const { return c.organiser; }
  // The member may order from his organiser's money: then its amount is not his to know.
  PersonId operator()(const ContributeCommand& c) const {
    return c.person == c.ordered_by ? PersonId{} : c.ordered_by;
  }
  template <class Other>
  PersonId operator()(const Other&) const {
    return {};
  }
};

// Only what may be said is let through, word by word: named persons, words without a digit of
// whatever language (a field, a relation, a sentence), and amounts when they are the caller's.
bool may_be_said(std::string_view word, const std::vector<PersonId>& named, bool own_money) {
  const auto same = [&](const PersonId& person) { return person.text() == word; };
  if (std::any_of(named.begin(), named.end(), same)) return true;
  const bool has_digit =
      std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!has_digit) return true;
  const bool is_amount = word.size() > 3 && word[word.size() - 3] == '.' &&
                         word.find_first_not_of("0123456789.") == std::string_view::npos;
  return is_amount && own_money;
}

bool may_be_said_whole(std::string_view detail, const std::vector<PersonId>& named,
                       bool own_money) {
  while (!detail.empty()) {
    const std::string_view word = detail.substr(0, detail.find_first_of(" ,"));
    detail.remove_prefix(std::min(word.size() + 1, detail.size()));
    if (!word.empty() && !may_be_said(word, named, own_money)) return false;
  }
  return true;
}

}  // namespace

std::vector<PersonId> persons_named(const Command& command) { return std::visit(Named{}, command); }

PersonId money_owner(const Command& command) { return std::visit(Owner{}, command); }

Refusal visible_refusal(const Refusal& refusal, const Command& command, const Call& call) {
  if (!call.by_app() || refusal.reason == Reason::kField) return refusal;
  Refusal visible = refusal;
  const bool own_money = money_owner(command).text() == call.acting_person;
  if (!own_money) visible.limit.reset();
  if (!own_money) visible.new_split.reset();
  if (!may_be_said_whole(refusal.detail, persons_named(command), own_money)) visible.detail.clear();
  return visible;
}

}  // namespace gongji::gateway::rest
