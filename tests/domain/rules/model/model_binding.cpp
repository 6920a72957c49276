// Networks and authorisations. Part of ledger_model.hpp.
#include <algorithm>
#include <limits>

#include "tests/domain/rules/model/ledger_model.hpp"

namespace gongji::model {
namespace {

constexpr const char* kNearKin[] = {"SPOUSE",  "PARENT",      "CHILD",
                                    "SIBLING", "GRANDPARENT", "GRANDCHILD"};

bool near_kin(const std::string& relation) {
  return std::find(std::begin(kNearKin), std::end(kNearKin), relation) != std::end(kNearKin);
}

bool overlap(const Tie& one, const Tie& other) {
  constexpr int kOpen = std::numeric_limits<int>::max();
  return one.from.value_or(-kOpen) <= other.to.value_or(kOpen) &&
         other.from.value_or(-kOpen) <= one.to.value_or(kOpen);
}

}  // namespace

// SH-12: anywhere, in any way. SX: an authoriser without links has no role.
bool LedgerModel::has_role(int human, const std::string& family) const {
  const bool has_links = std::any_of(links_.begin(), links_.end(),
                                     [&](const Link& link) { return link.organiser == human; });
  if (family != "SH") return networks_.count(human) != 0 && has_links;
  const bool belongs = std::any_of(links_.begin(), links_.end(),
                                   [&](const Link& link) { return link.said.member == human; });
  return networks_.count(human) != 0 || belongs;
}

// Cause by cause, not person by person.
std::string LedgerModel::status_of(const std::vector<int>& humans,
                                   const std::string& family) const {
  const auto any = [&](auto of) {
    return std::any_of(humans.begin(), humans.end(),
                       [&](int human) { return of(humans_[static_cast<std::size_t>(human)]); });
  };
  if (any([](const Human& human) { return human.status == 4; })) return "E_NOT_INSURED";
  if (any([](const Human& human) { return human.status == 2; })) return "E_SUSPENDED";
  if (family == "SH" || twisted(Twist::kDuplicatesForgotten)) return "";
  const auto chose = [](const Human& human, const char* main) {
    return human.twice_insured && human.main_account == main;
  };
  if (any([&](const Human& human) { return chose(human, "none"); })) return "E_DUP_INSURED";
  return any([&](const Human& human) { return chose(human, "wrong"); }) ? "E_WRONG_MAIN" : "";
}

std::string LedgerModel::may_bind(int organiser, const std::string& family, const Tie& tie,
                                  bool forming, bool taken) const {
  const Human& holder = humans_[static_cast<std::size_t>(organiser)];
  const Human& member = humans_[static_cast<std::size_t>(tie.member)];
  const bool shanghai = family == "SH";
  const auto clashes = [&](auto of) {
    return std::any_of(links_.begin(), links_.end(),
                       [&](const Link& link) { return of(link) && overlap(link.said, tie); });
  };
  if (tie.member == organiser) return "E_SELF";
  if (holder.scheme != "employee" || !in_area(organiser, family)) return "E_NOT_EMPLOYEE";
  if (!near_kin(tie.relation)) return "E_REL_NOT_ALLOWED";
  if (taken) return "E_ALREADY_IN_NETWORK";
  if (shanghai && has_role(tie.member, "SH") && !twisted(Twist::kSecondNetwork))
    return "E_ALREADY_IN_NETWORK";
  if (!shanghai && !twisted(Twist::kSecondAuthoriser) && clashes([&](const Link& link) {
        return link.said.member == tie.member && link.organiser != organiser;
      }))
    return "E_ALREADY_BOUND";
  const bool chains = !shanghai && !twisted(Twist::kChainOfAuthorisers);
  if (chains && clashes([&](const Link& link) { return link.organiser == tie.member; }))
    return "E_CHAIN_AUTH";
  if (chains && clashes([&](const Link& link) { return link.said.member == organiser; }))
    return "E_CHAIN_BENEF";
  if (!twisted(Twist::kRebindInPlace) && clashes([&](const Link& link) {
        return link.organiser == organiser && link.said.member == tie.member;
      }))
    return "E_REBIND_REQUIRED";
  if ((!shanghai && member.scheme == "help") || !in_area(tie.member, family))
    return "E_NOT_INSURED";
  const std::string status = status_of({tie.member, organiser}, family);
  if (!status.empty()) return status;
  if (holder.account != "usable") return "E_ACCOUNT_UNUSABLE";
  const bool empty_handed = shanghai && holder.carryover == 0;
  if (forming && empty_handed && !twisted(Twist::kEmptyHandedOrganiser)) return "E_NO_CARRYOVER";
  if (shanghai) return "";
  if (!tie.quota) return "E_FIELD";
  if (*tie.quota > shareable(organiser, family) && !twisted(Twist::kQuotaAboveShareable))
    return "E_QUOTA_OVER_SHAREABLE";
  return tie.from && tie.to ? "" : "E_FIELD";
}

std::string LedgerModel::may_organise_alone(int organiser, const std::string& family) const {
  const Human& holder = humans_[static_cast<std::size_t>(organiser)];
  if (holder.scheme != "employee" || !in_area(organiser, family)) return "E_NOT_EMPLOYEE";
  if (has_role(organiser, family)) return "E_ALREADY_IN_NETWORK";
  const std::string status = status_of({organiser}, family);
  if (!status.empty()) return status;
  if (holder.account != "usable") return "E_ACCOUNT_UNUSABLE";
  return family == "SH" && holder.carryover == 0 ? "E_NO_CARRYOVER" : "";
}

void LedgerModel::tie(int organiser, const Tie& said) {
  Link link;
  link.number = ++links_made_;
  link.organiser = organiser;
  link.said = said;
  if (networks_.at(organiser).family == "SH") link.said.quota.reset();
  link.quota_left = link.said.quota.value_or(0);
  link.organiser_area = humans_[static_cast<std::size_t>(organiser)].area;
  link.member_area = humans_[static_cast<std::size_t>(said.member)].area;
  links_.push_back(link);
}

bool LedgerModel::untie(int organiser, int member) {
  const auto count = links_.size();
  links_.erase(std::remove_if(links_.begin(), links_.end(),
                              [&](const Link& link) {
                                return link.organiser == organiser && link.said.member == member;
                              }),
               links_.end());
  return links_.size() != count;
}

// All or nothing.
std::string LedgerModel::form(const Operation& op) {
  const bool taken = has_role(op.who, op.family);
  if (op.ties.empty()) {
    const std::string why_not = may_organise_alone(op.who, op.family);
    if (!why_not.empty()) return why_not;
  }
  const auto links = links_;
  const auto networks = networks_;
  if (!taken) networks_[op.who] = {op.family, false, {}};
  for (const Tie& said : op.ties) {
    const std::string why_not = may_bind(op.who, op.family, said, true, taken);
    if (!why_not.empty()) {
      links_ = links;
      networks_ = networks;
      return why_not;
    }
    tie(op.who, said);
  }
  if (!op.modes.empty()) {
    networks_[op.who].confirmed = true;
    networks_[op.who].modes = op.modes;
  }
  return "ok";
}

std::string LedgerModel::bind(const Operation& op) {
  const Tie& said = op.ties.front();
  const auto known = networks_.find(op.who);
  const bool forming = known == networks_.end();
  if (!forming && known->second.family != op.family) return "E_FIELD";
  const bool taken = forming && has_role(op.who, op.family);
  const std::string why_not = may_bind(op.who, op.family, said, forming, taken);
  if (!why_not.empty()) return why_not;
  if (forming) networks_[op.who] = {op.family, false, {}};
  tie(op.who, said);
  return "ok";
}

std::string LedgerModel::rebind(const Operation& op) {
  const Tie& said = op.ties.front();
  const auto before = links_;
  if (!untie(op.who, said.member)) return "E_NO_NETWORK";
  const std::string why_not = may_bind(op.who, networks_.at(op.who).family, said, false, false);
  if (!why_not.empty()) {
    links_ = before;
    return why_not;
  }
  tie(op.who, said);
  return "ok";
}

std::string LedgerModel::correct(const Operation& op) {
  const Tie& said = op.ties.front();
  if (networks_.count(op.who) == 0) return "E_NO_NETWORK";
  if (!near_kin(said.relation)) return "E_REL_NOT_ALLOWED";
  std::string answer = "E_NO_NETWORK";
  for (Link& link : links_) {
    if (link.organiser != op.who || link.said.member != said.member) continue;
    if (answer == "E_NO_NETWORK") answer = "nothing";
    if (link.said.relation != said.relation) answer = "ok";
    link.said.relation = said.relation;
  }
  return answer;
}

std::string LedgerModel::set_modes(const Operation& op) {
  const auto network = networks_.find(op.who);
  if (network == networks_.end()) return "E_NO_NETWORK";
  if (op.modes.empty()) return "E_MODE_EMPTY";
  network->second.confirmed = true;
  network->second.modes = op.modes;
  return "ok";
}

std::string LedgerModel::unbind(const Operation& op) {
  return untie(op.who, op.other) ? "ok" : "E_NO_NETWORK";
}

std::string LedgerModel::disband(int organiser) {
  if (networks_.erase(organiser) == 0) return "E_NO_NETWORK";
  links_.erase(std::remove_if(links_.begin(), links_.end(),
                              [&](const Link& link) { return link.organiser == organiser; }),
               links_.end());
  return "ok";
}

}  // namespace gongji::model
