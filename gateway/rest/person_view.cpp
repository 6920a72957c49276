#include "gateway/rest/person_view.hpp"

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

void write_member(json::JsonWriter& out, const PersonFound& found, const Link& link) {
  out.begin_object();
  out.text("psn_no", link.member.text());
  out.text("psn_name", name_of(found, link.member));
  out.text("relation", to_text(link.relation));
  out.text("link_id", std::to_string(link.id.number()));
  write_optional_money(out, "quota", link.quota);
  write_optional_money(out, "quota_left",
                       link.quota ? std::optional{link.quota_left} : std::nullopt);
  write_optional_date(out, "from", link.window.from);
  write_optional_date(out, "to", link.window.to);
  out.end_object();
}

}  // namespace

std::string person_json(const PersonFound& found) {
  const Person& person = found.person;
  std::string body;
  json::JsonWriter out{body};
  out.begin_object();
  out.text("psn_no", person.id.text());
  out.text("psn_name", person.card.psn_name);
  out.text("insutype", to_insutype(person.card.scheme));
  out.text("psn_insu_stas", std::to_string(static_cast<int>(person.status)));
  out.text("insuplc_admdvs", person.card.area);
  out.text("role", found.role);
  out.begin_object("balances");
  out.money_text("current_year", person.current_year);
  out.money_text("carryover", person.carryover);
  out.end_object();
  out.end_object();
  return body;
}

std::string network_json(const PersonFound& found) {
  const Network& network = found.networks.front();
  std::string body;
  json::JsonWriter out{body};
  out.begin_object();
  out.text("organizer", network.organiser.text());
  out.text("profile", network.family);
  out.text("state", network.modes_confirmed ? "active" : "modes_unconfirmed");
  out.begin_array("modes");
  for (const Mode mode : network.modes) out.text(to_text(mode));
  out.end_array();
  out.begin_array("members");
  for (const Link& link : network.links) write_member(out, found, link);
  out.end_array();
  out.end_object();
  return body;
}

}  // namespace gongji::gateway::rest
