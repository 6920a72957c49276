#include "app/gongjictl/event_view.hpp"
#include "domain/reason.hpp"

namespace gongji::ctl {
namespace {

namespace json = boost::json;

std::string text(std::string_view view) { return std::string{view}; }

json::array legs_json(const std::vector<Leg>& legs) {
  json::array rows;
  for (const Leg& leg : legs)
    rows.push_back(json::object{{"psn_no", leg.owner.text()},
                                {"bucket", text(to_text(leg.bucket))},
                                {"amount", to_yuan_text(leg.amount)},
                                {"year", leg.year},
                                {"link_id", leg.link.number()}});
  return rows;
}

json::array persons_json(const std::vector<Person>& persons) {
  json::array ids;
  for (const Person& person : persons) ids.emplace_back(person.id.text());
  return ids;
}

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
            {"suspense", legs_json(e.suspense)},
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
            {"persons", persons_json(e.contents.persons)},
            {"total", to_yuan_text(e.contents.total())}};
  }
  json::object operator()(const ContentsArrived& e) const {
    return {{"type", "contents_arrived"},
            {"from", e.contents.id.number()},
            {"departed", e.departed.number()},
            {"persons", persons_json(e.contents.persons)},
            {"total", to_yuan_text(e.contents.total())}};
  }
  json::object operator()(const RelationCorrected& e) const {
    return {{"type", "relation_corrected"},
            {"organizer", e.organiser.text()},
            {"link_id", e.link.number()},
            {"relation", text(to_text(e.relation))}};
  }
  json::object operator()(const AccountCredited& e) const {
    return {{"type", "credited"},
            {"psn_no", e.person.text()},
            {"bucket", text(to_text(e.bucket))},
            {"amount", to_yuan_text(e.amount)},
            {"year", e.year},
            {"reason", e.reason}};
  }
  json::object operator()(const AccountDebited& e) const {
    return {{"type", "debited"},
            {"psn_no", e.person.text()},
            {"bucket", text(to_text(e.bucket))},
            {"amount", to_yuan_text(e.amount)},
            {"reason", e.reason}};
  }
  json::object operator()(const YearRolled& e) const {
    return {{"type", "year_rolled"},
            {"psn_no", e.person.text()},
            {"year", e.year},
            {"moved", to_yuan_text(e.moved)},
            {"interest", to_yuan_text(e.interest)}};
  }
  json::object operator()(const AccountTransferredOut& e) const {
    return {{"type", "transferred_out"},
            {"psn_no", e.person.text()},
            {"current_year", to_yuan_text(e.current_year)},
            {"carryover", to_yuan_text(e.carryover)},
            {"reason", e.reason}};
  }
  json::object operator()(const ContributionOrdered& e) const {
    const Contribution& order = e.order;
    return {{"type", "contribution_ordered"},
            {"order", order.id.number()},
            {"status", text(to_text(order.status))},
            {"psn_no", order.person.text()},
            {"payer", order.payer.text()},
            {"purpose", order.purpose},
            {"product", order.product},
            {"year", order.year},
            {"amount", to_yuan_text(order.amount)},
            {"own_purchase", order.own_purchase},
            {"legs", legs_json(order.legs)}};
  }
  json::object operator()(const ContributionAnswered& e) const {
    return {{"type", "contribution_answered"},
            {"order", e.order.number()},
            {"accepted", e.accepted},
            {"detail", e.detail}};
  }
  json::object operator()(const ContributionInsured& e) const {
    return {{"type", "contribution_insured"}, {"order", e.order.number()}};
  }
  json::object operator()(const ContributionReversed& e) const {
    return {{"type", "contribution_reversed"},
            {"order", e.order.number()},
            {"returned", legs_json(e.returned)},
            {"suspense", legs_json(e.suspense)},
            {"detail", e.detail}};
  }
  json::object operator()(const ReviewMarked& e) const {
    return {{"type", e.under_review ? "review_marked" : "review_lifted"},
            {"settlement", e.review.settlement.number()},
            {"link_id", e.review.link.number()},
            {"psn_no", e.review.person.text()},
            {"note", e.review.note}};
  }
};

}  // namespace

json::object event_json(const Event& event) { return std::visit(AsJson{}, event); }

}  // namespace gongji::ctl
