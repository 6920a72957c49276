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

Link make_link(const Household& household, const Person& organiser, const Person& member,
               const NewMember& asked, Instant at) {
  Link link;
  link.id = LinkId{household.id.number() * kLinksPerHousehold + household.links_made};
  link.member = member.id;
  link.relation = asked.relation;
  link.quota = asked.quota;
  link.quota_left = asked.quota.value_or(Fen{});
  link.window = asked.window;
  link.bound_at = at;
  link.organiser_area = organiser.card.area;
  link.member_area = member.card.area;
  return link;
}

bool knows_all(const Profile& profile, const std::vector<Mode>& modes) {
  return std::all_of(modes.begin(), modes.end(), [&](Mode mode) {
    return std::find(profile.modes.begin(), profile.modes.end(), mode) != profile.modes.end();
  });
}

// Binds one member on top of `state`; the new event is applied so that the next member is judged
// with it in place.
std::optional<Refusal> bind_one(Household& state, Events& events, const Profile& profile,
                                const PersonId& organiser_id, const NewMember& asked,
                                const Context& context, bool forming) {
  const Person* organiser = state.find(organiser_id);
  const Person* member = state.find(asked.id);
  const Binding binding{state, profile, *organiser, asked, member, civil_date(context.at), forming};
  if (auto refusal = check_binding(binding)) return refusal;
  Event bound = MemberBound{organiser_id, make_link(state, *organiser, *member, asked, context.at)};
  state = evolve(std::move(state), bound);
  events.push_back(std::move(bound));
  return {};
}

void happen(Household& state, Events& events, Event event) {
  state = evolve(std::move(state), event);
  events.push_back(std::move(event));
}

}  // namespace

Decision decide_form_network(const Household& household, const FormNetworkCommand& command,
                             const Context& context) {
  const Person* organiser = household.find(command.organiser);
  if (organiser == nullptr) return refuse(Reason::kNoPerson, command.organiser.text());
  const CivilDate day = civil_date(context.at);
  const Profile& profile = context.profiles.of_family(command.family, day);
  if (profile.family != command.family) return refuse(Reason::kField, "profile");
  if (!knows_all(profile, command.modes)) return refuse(Reason::kField, "modes");
  if (auto refusal = check_organiser(household, profile, *organiser, day)) return *refusal;

  Household state = household;
  Events events;
  happen(state, events, NetworkFormed{command.organiser, command.family});
  for (const NewMember& member : command.members)
    if (auto refusal = bind_one(state, events, profile, command.organiser, member, context, true))
      return *refusal;
  if (!command.modes.empty())
    happen(state, events, ModesConfirmed{command.organiser, command.modes});
  return events;
}

Decision decide_bind(const Household& household, const BindCommand& command,
                     const Context& context) {
  if (household.find(command.organiser) == nullptr)
    return refuse(Reason::kNoPerson, command.organiser.text());
  const Network* network = household.network_of(command.organiser);
  const std::string& family = network != nullptr ? network->family : command.family;
  const Profile& profile = context.profiles.of_family(family, civil_date(context.at));
  if (profile.family != family) return refuse(Reason::kField, "profile");
  if (!command.family.empty() && command.family != family) return refuse(Reason::kField, "profile");

  Household state = household;
  Events events;
  if (network == nullptr) {
    const Person& organiser = *household.find(command.organiser);
    if (profile.role_is_network_wide)  // Shanghai: forming is an act with rules of its own
      if (auto refusal = check_organiser(household, profile, organiser, civil_date(context.at)))
        return *refusal;
    happen(state, events, NetworkFormed{command.organiser, family});
  }
  if (auto refusal = bind_one(state, events, profile, command.organiser, command.member, context,
                              network == nullptr))
    return *refusal;
  return events;
}

Decision decide_unbind(const Household& household, const UnbindCommand& command,
                       const Context& context) {
  const Network* network = household.network_of(command.organiser);
  if (network == nullptr) return refuse(Reason::kNoNetwork);
  const Profile& profile = context.profiles.of_family(network->family, civil_date(context.at));
  if (command.by_member && !profile.member_may_leave) return refuse(Reason::kForbidden);
  Events events;
  for (const Link& link : network->links)
    if (link.member == command.member) events.push_back(MemberUnbound{command.organiser, link.id});
  if (events.empty()) return refuse(Reason::kNoNetwork);
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
