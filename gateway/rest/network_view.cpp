#include "gateway/rest/network_view.hpp"

#include <algorithm>

#include "gateway/json/json_writer.hpp"

namespace gongji::gateway::rest {
namespace {

std::string_view name_of(const PersonFound& found, const PersonId& member) {
  for (const auto& [id, name] : found.member_names)
    if (id == member) return name;
  return "";
}

void write_optional_money(json::JsonWriter& out, std::string_view name, std::optional<Fen> amount) {
  if (amount) return out.money_text(name, *amount);
  out.key(name);
  out.null();
}

void write_optional_date(json::JsonWriter& out, std::string_view name,
                         std::optional<CivilDate> date) {
  out.key(name);
  date ? out.text(to_text(*date)) : out.null();
}

void write_modes(json::JsonWriter& out, const std::vector<Mode>& modes) {
  out.begin_array("modes");
  for (const Mode mode : modes) out.text(to_text(mode));
  out.end_array();
}

std::optional<Fen> quota_left(const Link& link) {
  return link.quota ? std::optional{link.quota_left} : std::nullopt;
}

// What the next bill may take: a quota for each settlement does not run down (SX-10).
std::optional<Fen> quota_left(const Link& link, const Profile& profile) {
  return profile.quota_kind == QuotaKind::kPerSettlement ? link.quota : quota_left(link);
}

void write_link(json::JsonWriter& out, const Link& link, std::optional<Fen> left) {
  out.text("relation", to_text(link.relation));
  out.text("link_id", std::to_string(link.id.number()));
  write_optional_money(out, "quota", link.quota);
  write_optional_money(out, "quota_left", left);
  write_optional_date(out, "from", link.window.from);
  write_optional_date(out, "to", link.window.to);
  if (!link.modes.empty()) write_modes(out, link.modes);
}

// Where no confirmation is asked for, everything the profile knows is on from the start.
void write_state(json::JsonWriter& out, bool confirmed, const std::vector<Mode>& modes,
                 const Profile* profile) {
  const bool on_anyway = !confirmed && profile != nullptr && !profile->mode_confirmation;
  out.text("state", confirmed || on_anyway ? "active" : "modes_unconfirmed");
  write_modes(out, on_anyway ? profile->modes : modes);
}

template <class E, class Visit>
void for_each(const JournalRecord& record, Visit visit) {
  const auto* events = std::get_if<Events>(&record.outcome);
  if (events == nullptr) return;
  for (const Event& event : *events)
    if (const auto* found = std::get_if<E>(&event)) visit(*found);
}

void write_bound(json::JsonWriter& out, const Link& link) {
  out.begin_object();
  out.text("psn_no", link.member.text());
  write_link(out, link, quota_left(link));
  out.end_object();
}

template <class Write>
std::string object(Write write) {
  std::string body;
  json::JsonWriter out{body};
  out.begin_object();
  write(out);
  out.end_object();
  return body;
}

}  // namespace

bool is_member(const PersonFound& found, const PersonId& person) {
  for (const Network& network : found.networks)
    if (std::any_of(network.links.begin(), network.links.end(),
                    [&](const Link& link) { return link.member == person; }))
      return true;
  return false;
}

std::string network_json(const PersonFound& found, const PersonId& only, const Profile& profile) {
  const Network& network = found.networks.front();
  return object([&](json::JsonWriter& out) {
    out.text("organizer", network.organiser.text());
    out.text("profile", network.family);
    write_state(out, network.modes_confirmed, network.modes, &profile);
    out.begin_array("members");
    for (const Link& link : network.links) {
      if (!only.empty() && link.member != only) continue;
      out.begin_object();
      out.text("psn_no", link.member.text());
      out.text("psn_name", name_of(found, link.member));
      write_link(out, link, quota_left(link, profile));
      out.end_object();
    }
    out.end_array();
  });
}

std::string formed_json(const JournalRecord& record, const Profile* profile) {
  const auto* formed = record.event<NetworkFormed>();
  const auto* confirmed = record.event<ModesConfirmed>();
  return object([&](json::JsonWriter& out) {
    if (formed != nullptr) {
      out.text("organizer", formed->organiser.text());
      out.text("profile", formed->family);
    }
    write_state(out, confirmed != nullptr,
                confirmed == nullptr ? std::vector<Mode>{} : confirmed->modes, profile);
    out.begin_array("members");
    for_each<MemberBound>(record, [&](const MemberBound& bound) { write_bound(out, bound.link); });
    out.end_array();
  });
}

std::string bound_json(const JournalRecord& record) {
  const auto* bound = record.event<MemberBound>();
  return object([&](json::JsonWriter& out) {
    if (bound == nullptr) return;
    out.text("organizer", bound->organiser.text());
    out.text("psn_no", bound->link.member.text());
    write_link(out, bound->link, quota_left(bound->link));
  });
}

std::string corrected_json(const JournalRecord& record) {
  const auto& command = std::get<CorrectRelationCommand>(record.command);
  return object([&](json::JsonWriter& out) {
    out.text("organizer", command.organiser.text());
    out.text("psn_no", command.member.text());
    out.text("relation", to_text(command.relation));
  });
}

std::string unbound_json(const JournalRecord& record) {
  const auto& command = std::get<UnbindCommand>(record.command);
  return object([&](json::JsonWriter& out) {
    out.text("psn_no", command.member.text());
    out.begin_array("ended");
    for_each<MemberUnbound>(record, [&](const MemberUnbound& unbound) {
      out.begin_object();
      out.text("organizer", unbound.organiser.text());
      out.text("link_id", std::to_string(unbound.link.number()));
      out.end_object();
    });
    out.end_array();
  });
}

std::string modes_json(const JournalRecord& record) {
  const auto& command = std::get<ConfirmModesCommand>(record.command);
  return object([&](json::JsonWriter& out) {
    out.text("organizer", command.organiser.text());
    write_state(out, true, command.modes, nullptr);
  });
}

std::string disbanded_json(const JournalRecord& record) {
  const auto& command = std::get<DisbandCommand>(record.command);
  return object([&](json::JsonWriter& out) {
    out.text("organizer", command.organiser.text());
    out.text("state", "disbanded");
  });
}

}  // namespace gongji::gateway::rest
