#include "domain/transactions/membership.hpp"

#include <algorithm>

#include "domain/evolve.hpp"
#include "domain/transactions/binding_rules.hpp"

namespace gongji {
namespace {

constexpr std::uint64_t kLinksPerHousehold = 1u << 20;

Refusal refuse(Reason reason, std::string detail = {}) {
  return {reason, std::move(detail), {}, {}};
}

Link make_link(const Household& household, const Profile& profile, const Person& organiser,
               const Person& member, const NewMember& asked, Instant at) {
  Link link;
  link.id = LinkId{household.id.number() * kLinksPerHousehold + household.links_made};
  link.member = member.id;
  link.relation = asked.relation;
  if (profile.quota_kind != QuotaKind::kNone) link.quota = asked.quota;  // SH-08: no amount
  link.quota_left = link.quota.value_or(Fen{});
  link.window = asked.window;
  link.bound_at = at;
  link.organiser_area = organiser.card.area;
  link.member_area = member.card.area;
  link.modes = asked.modes;
  return link;
}

bool knows_all(const Profile& profile, const std::vector<Mode>& modes) {
  return std::all_of(modes.begin(), modes.end(), [&](Mode mode) {
    return std::find(profile.modes.begin(), profile.modes.end(), mode) != profile.modes.end();
  });
}

// What a command has brought about so far, so that the next member is judged with it in place.
struct Draft {
  Household state;
  const Profile& profile;
  const PersonId& organiser;
  const Context& context;
  bool forming = false;
  bool organiser_taken = false;
  Events events = {};

  void happen(Event event) {
    state = evolve(std::move(state), event);
    events.push_back(std::move(event));
  }
  std::optional<Refusal> bind(const NewMember& asked) {
    const Person& person = *state.find(organiser);
    const Person* member = state.find(asked.id);
    const CivilDate day = civil_date(context.at);
    if (auto refusal =
            check_binding({state, profile, person, asked, member, day, forming, organiser_taken}))
      return refusal;
    happen(MemberBound{organiser, make_link(state, profile, person, *member, asked, context.at)});
    return {};
  }
};

// A new network takes the place of one left without members.
void form(Draft& draft, const std::string& family) {
  const bool left_empty = !draft.organiser_taken && draft.state.network_of(draft.organiser);
  if (left_empty) draft.happen(NetworkDisbanded{draft.organiser});
  draft.happen(NetworkFormed{draft.organiser, family});
}

}  // namespace

Decision decide_form_network(const Household& household, const FormNetworkCommand& command,
                             const Context& context) {
  const Person* organiser = household.find(command.organiser);
  if (organiser == nullptr) return refuse(Reason::kNoPerson, command.organiser.text());
  const CivilDate day = civil_date(context.at);
  const Profile& profile = context.profiles.of_family(command.family, day);
  if (command.family.empty() || profile.family != command.family)
    return refuse(Reason::kField, "profile");
  if (!knows_all(profile, command.modes)) return refuse(Reason::kField, "modes");

  const bool taken = has_network_role(household, profile, command.organiser);
  Draft draft{household, profile, command.organiser, context, true, taken};
  form(draft, command.family);
  for (const NewMember& member : command.members)
    if (auto refusal = draft.bind(member)) return *refusal;
  if (command.members.empty())
    if (auto refusal = check_organiser(household, profile, *organiser, day)) return *refusal;
  if (!command.modes.empty()) draft.happen(ModesConfirmed{command.organiser, command.modes});
  return draft.events;
}

Decision decide_bind(const Household& household, const BindCommand& command,
                     const Context& context) {
  if (household.find(command.organiser) == nullptr)
    return refuse(Reason::kNoPerson, command.organiser.text());
  const Network* network = household.network_of(command.organiser);
  const std::string& family = network != nullptr ? network->family : command.family;
  const Profile& profile = context.profiles.of_family(family, civil_date(context.at));
  if (family.empty() || profile.family != family) return refuse(Reason::kField, "profile");
  if (!command.family.empty() && command.family != family) return refuse(Reason::kField, "profile");

  Draft draft{household, profile, command.organiser, context};
  if (network == nullptr) {
    draft.forming = true;
    draft.organiser_taken = has_network_role(household, profile, command.organiser);
    form(draft, family);
  }
  if (auto refusal = draft.bind(command.member)) return *refusal;
  return draft.events;
}

Decision decide_unbind(const Household& household, const UnbindCommand& command,
                       const Context& context) {
  Events events;
  for (const FundView& fund : funds_of(household, command.member)) {
    const Network& network = *fund.network;
    if (!command.organiser.empty() && network.organiser != command.organiser) continue;
    const Profile& profile = context.profiles.of_family(network.family, civil_date(context.at));
    if (command.by_member && !profile.member_may_leave) return refuse(Reason::kForbidden);
    events.push_back(MemberUnbound{network.organiser, fund.link->id});
  }
  if (events.empty()) return refuse(Reason::kNoNetwork);
  return events;
}

Decision decide_rebind(const Household& household, const RebindCommand& command,
                       const Context& context) {
  const UnbindCommand unbind{command.organiser, command.member.id, false};
  Decision unbound = decide_unbind(household, unbind, context);
  if (!unbound) return unbound;
  Events events = std::move(unbound).value();
  const Household without = evolve(household, events);
  Decision bound =
      decide_bind(without, BindCommand{command.organiser, "", command.member}, context);
  if (!bound) return bound;
  for (const Event& event : *bound) events.push_back(event);
  return events;
}

// SH-05: attested by the organiser, who answers for its truth.
Decision decide_correct_relation(const Household& household, const CorrectRelationCommand& command,
                                 const Context& context) {
  const Network* network = household.network_of(command.organiser);
  if (network == nullptr) return refuse(Reason::kNoNetwork);
  const Profile& profile = context.profiles.of_family(network->family, civil_date(context.at));
  if (!profile.allows(command.relation))
    return refuse(Reason::kRelationNotAllowed, std::string{to_text(command.relation)});
  Events events;
  bool bound = false;
  for (const Link& link : network->links) {
    if (link.member != command.member) continue;
    bound = true;
    if (link.relation != command.relation)
      events.push_back(RelationCorrected{command.organiser, link.id, command.relation});
  }
  if (!bound) return refuse(Reason::kNoNetwork);
  return events;
}

Decision decide_disband(const Household& household, const DisbandCommand& command) {
  if (household.network_of(command.organiser) == nullptr) return refuse(Reason::kNoNetwork);
  return Events{NetworkDisbanded{command.organiser}};
}

Decision decide_confirm_modes(const Household& household, const ConfirmModesCommand& command,
                              const Context& context) {
  const Network* network = household.network_of(command.organiser);
  if (network == nullptr) return refuse(Reason::kNoNetwork);
  if (command.modes.empty()) return refuse(Reason::kModeEmpty);
  const Profile& profile = context.profiles.of_family(network->family, civil_date(context.at));
  if (!knows_all(profile, command.modes)) return refuse(Reason::kField, "modes");
  return Events{ModesConfirmed{command.organiser, command.modes}};
}

}  // namespace gongji
