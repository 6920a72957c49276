#include "app/gongjictl/event_view.hpp"

#include "domain/reason.hpp"

namespace gongji::ctl {
namespace {

namespace json = boost::json;

std::string number(Sequence sequence) { return std::to_string(sequence.number()); }
std::string text(std::string_view view) { return std::string{view}; }

struct InWords {
  std::string operator()(const Settled& e) const {
    const Split split = e.split();
    std::string words = "settled " + to_yuan_text(e.bill) + " = own " + to_yuan_text(split.own) +
                        " + family " + to_yuan_text(split.family) + " + cash " +
                        to_yuan_text(split.cash);
    if (e.zero_reason != Reason::kNone) words += " (" + std::string{code(e.zero_reason)} + ")";
    return words;
  }
  std::string operator()(const SettlementReversed& e) const {
    return (e.kind == ReversalKind::kUndo ? "undid record " : "cancelled record ") +
           number(e.original) + ", returned " + to_yuan_text(sum_of(e.returned));
  }
  std::string operator()(const SettlementReapplied& e) const {
    return "applied record " + number(e.original) + " again, took " + to_yuan_text(sum_of(e.taken));
  }
  std::string operator()(const PersonEnrolled& e) const {
    return "enrolled " + e.person.id.text() + " with " + to_yuan_text(e.person.total());
  }
  std::string operator()(const PersonDetailsChanged& e) const {
    return "changed details of " + e.person.id.text();
  }
  std::string operator()(const NetworkFormed& e) const {
    return "formed network " + e.family + " of " + e.organiser.text();
  }
  std::string operator()(const ModesConfirmed& e) const {
    std::string words = "confirmed modes of " + e.organiser.text() + ":";
    for (const Mode mode : e.modes) words += " " + std::string{to_text(mode)};
    return words;
  }
  std::string operator()(const MemberBound& e) const {
    return "bound " + e.link.member.text() + " (" + std::string{to_text(e.link.relation)} +
           ") to " + e.organiser.text();
  }
  std::string operator()(const MemberUnbound& e) const {
    return "unbound link " + std::to_string(e.link.number()) + " of " + e.organiser.text();
  }
  std::string operator()(const NetworkDisbanded& e) const {
    return "disbanded network of " + e.organiser.text();
  }
  std::string operator()(const HouseholdDeparted& e) const {
    return "left for household " + std::to_string(e.to.number()) + " with " +
           to_yuan_text(e.contents.total());
  }
  std::string operator()(const ContentsArrived& e) const {
    return "household " + std::to_string(e.contents.id.number()) + " arrived with " +
           to_yuan_text(e.contents.total());
  }
};

json::array legs_json(const std::vector<Leg>& legs) {
  json::array rows;
  for (const Leg& leg : legs)
    rows.push_back(json::object{{"psn_no", leg.owner.text()},
                                {"bucket", text(to_text(leg.bucket))},
                                {"amount", to_yuan_text(leg.amount)},
                                {"link_id", leg.link.number()}});
  return rows;
}

// The type and what distinguishes it; `event_text` says the same in words.
struct AsJson {
  json::object operator()(const Settled& e) const {
    return {{"type", "settled"},
            {"psn_no", e.patient.text()},
            {"bill", to_yuan_text(e.bill)},
            {"own", legs_json(e.own)},
            {"family", legs_json(e.family)},
            {"cash", to_yuan_text(e.cash)},
            {"current_year_taken", to_yuan_text(e.current_year_taken)},
            {"zero_reason", text(code(e.zero_reason))}};
  }
  json::object operator()(const SettlementReversed& e) const {
    return {{"type", e.kind == ReversalKind::kUndo ? "undone" : "cancelled"},
            {"original", e.original.number()},
            {"psn_no", e.patient.text()},
            {"returned", legs_json(e.returned)},
            {"cash_back", to_yuan_text(e.cash_back)}};
  }
  json::object operator()(const SettlementReapplied& e) const {
    return {{"type", "reapplied"},
            {"original", e.original.number()},
            {"psn_no", e.patient.text()},
            {"taken", legs_json(e.taken)}};
  }
  json::object operator()(const PersonEnrolled& e) const {
    return {{"type", "enrolled"},
            {"psn_no", e.person.id.text()},
            {"current_year", to_yuan_text(e.person.current_year)},
            {"carryover", to_yuan_text(e.person.carryover)}};
  }
  json::object operator()(const PersonDetailsChanged& e) const {
    return {{"type", "details_changed"}, {"psn_no", e.person.id.text()}};
  }
  json::object operator()(const NetworkFormed& e) const {
    return {{"type", "network_formed"}, {"organizer", e.organiser.text()}, {"profile", e.family}};
  }
  json::object operator()(const ModesConfirmed& e) const {
    json::array modes;
    for (const Mode mode : e.modes) modes.emplace_back(text(to_text(mode)));
    return {{"type", "modes_confirmed"},
            {"organizer", e.organiser.text()},
            {"modes", std::move(modes)}};
  }
  json::object operator()(const MemberBound& e) const {
    return {{"type", "member_bound"},
            {"organizer", e.organiser.text()},
            {"psn_no", e.link.member.text()},
            {"relation", text(to_text(e.link.relation))},
            {"link_id", e.link.id.number()}};
  }
  json::object operator()(const MemberUnbound& e) const {
    return {{"type", "member_unbound"},
            {"organizer", e.organiser.text()},
            {"link_id", e.link.number()}};
  }
  json::object operator()(const NetworkDisbanded& e) const {
    return {{"type", "network_disbanded"}, {"organizer", e.organiser.text()}};
  }
  json::object operator()(const HouseholdDeparted& e) const {
    return {{"type", "household_departed"},
            {"to", e.to.number()},
            {"total", to_yuan_text(e.contents.total())}};
  }
  json::object operator()(const ContentsArrived& e) const {
    return {{"type", "contents_arrived"},
            {"from", e.contents.id.number()},
            {"total", to_yuan_text(e.contents.total())}};
  }
};

struct Named {
  using Ids = std::vector<PersonId>;
  static Ids with_owners(const PersonId& first, const std::vector<Leg>& legs) {
    Ids ids{first};
    for (const Leg& leg : legs) ids.push_back(leg.owner);
    return ids;
  }
  static Ids inhabitants(const Household& household) {
    Ids ids;
    for (const Person& person : household.persons) ids.push_back(person.id);
    return ids;
  }
  Ids operator()(const Settled& e) const {
    Ids ids = with_owners(e.patient, e.own);
    for (const Leg& leg : e.family) ids.push_back(leg.owner);
    return ids;
  }
  Ids operator()(const SettlementReversed& e) const { return with_owners(e.patient, e.returned); }
  Ids operator()(const SettlementReapplied& e) const { return with_owners(e.patient, e.taken); }
  Ids operator()(const PersonEnrolled& e) const { return {e.person.id}; }
  Ids operator()(const PersonDetailsChanged& e) const { return {e.person.id}; }
  Ids operator()(const NetworkFormed& e) const { return {e.organiser}; }
  Ids operator()(const ModesConfirmed& e) const { return {e.organiser}; }
  Ids operator()(const MemberBound& e) const { return {e.organiser, e.link.member}; }
  Ids operator()(const MemberUnbound& e) const { return {e.organiser}; }
  Ids operator()(const NetworkDisbanded& e) const { return {e.organiser}; }
  Ids operator()(const HouseholdDeparted& e) const { return inhabitants(e.contents); }
  Ids operator()(const ContentsArrived& e) const { return inhabitants(e.contents); }
};

}  // namespace

std::string event_text(const Event& event) { return std::visit(InWords{}, event); }
json::object event_json(const Event& event) { return std::visit(AsJson{}, event); }
std::vector<PersonId> persons_in(const Event& event) { return std::visit(Named{}, event); }

}  // namespace gongji::ctl
