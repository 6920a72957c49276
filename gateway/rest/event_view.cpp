#include "gateway/rest/event_view.hpp"

#include <array>
#include <map>

#include "domain/decide.hpp"
#include "gateway/json/canonical_text.hpp"
#include "gateway/json/json_writer.hpp"
#include "gateway/rest/reason_rules.hpp"
#include "gateway/rest/record_ids.hpp"
#include "gateway/rest/settlement_view.hpp"

namespace gongji::gateway::rest {
namespace {

struct EventName {
  std::string_view operator()(const Settled&) const { return "settled"; }
  std::string_view operator()(const SettlementReversed&) const { return "settlement_reversed"; }
  std::string_view operator()(const SettlementReapplied&) const { return "settlement_reapplied"; }
  std::string_view operator()(const PersonEnrolled&) const { return "person_enrolled"; }
  std::string_view operator()(const PersonDetailsChanged&) const { return "person_changed"; }
  std::string_view operator()(const NetworkFormed&) const { return "network_formed"; }
  std::string_view operator()(const ModesConfirmed&) const { return "modes_confirmed"; }
  std::string_view operator()(const MemberBound&) const { return "member_bound"; }
  std::string_view operator()(const MemberUnbound&) const { return "member_unbound"; }
  std::string_view operator()(const NetworkDisbanded&) const { return "network_disbanded"; }
  std::string_view operator()(const HouseholdDeparted&) const { return "household_departed"; }
  std::string_view operator()(const ContentsArrived&) const { return "household_arrived"; }
  std::string_view operator()(const RelationCorrected&) const { return "relation_corrected"; }
  std::string_view operator()(const AccountCredited&) const { return "account_credited"; }
  std::string_view operator()(const AccountDebited&) const { return "account_debited"; }
  std::string_view operator()(const YearRolled&) const { return "year_rolled"; }
  std::string_view operator()(const AccountTransferredOut&) const {
    return "account_transferred_out";
  }
  std::string_view operator()(const ContributionOrdered&) const { return "contribution_ordered"; }
  std::string_view operator()(const ContributionAnswered&) const { return "contribution_answered"; }
  std::string_view operator()(const ContributionInsured&) const { return "contribution_insured"; }
  std::string_view operator()(const ContributionReversed&) const { return "contribution_reversed"; }
  std::string_view operator()(const ReviewMarked&) const { return "review_marked"; }
};

void write_origin(json::JsonWriter& out, const JournalRecord& record) {
  const Origin& origin = record.origin;
  out.text("institution", origin.key.institution.text());
  out.text("infno", origin.key.infno);
  out.text("msgid", origin.key.msgid);
  out.text("channel", origin.channel);
  out.text("operator", origin.operator_id);
  out.text("acting_person", origin.acting_person);
}

void write_refusal(json::JsonWriter& out, const Refusal& refusal) {
  out.text("code", code(refusal.reason));
  out.text("text", info(refusal.reason).text);
  out.text("detail", refusal.detail);
  out.text("next_step", to_text(refusal.next_step.value_or(info(refusal.reason).next_step)));
  if (refusal.limit) out.money_text("limit", *refusal.limit);
  out.begin_array("rules");
  for (const std::string_view rule : rules_of(refusal.reason)) out.text(rule);
  out.end_array();
}

void write_leg(json::JsonWriter& out, const Leg& leg, Fen amount) {
  out.begin_object();
  out.text("psn_no", leg.owner.text());
  out.text("bucket", to_text(leg.bucket));
  out.money_text("amount", amount);
  if (!leg.link.is_none()) out.text("link_id", std::to_string(leg.link.number()));
  out.end_object();
}

void write_legs(json::JsonWriter& out, const std::vector<Leg>& legs, bool taken) {
  for (const Leg& leg : legs) write_leg(out, leg, taken ? -leg.amount : leg.amount);
}

// Nothing is written of a bucket in which nothing moved.
void write_bucket(json::JsonWriter& out, const PersonId& person, Bucket bucket, Fen amount) {
  if (!amount.is_zero()) write_leg(out, {person, bucket, {}, {}, 0}, amount);
}

// What left (below zero) or entered accounts, leg by leg.
void write_movements(json::JsonWriter& out, const Event& event) {
  if (const auto* e = std::get_if<Settled>(&event)) {
    write_legs(out, e->own, true);
    write_legs(out, e->family, true);
    write_bucket(out, e->patient, Bucket::kCurrentYear, -e->current_year_taken);
  }
  if (const auto* e = std::get_if<SettlementReversed>(&event)) write_legs(out, e->returned, false);
  if (const auto* e = std::get_if<SettlementReapplied>(&event)) write_legs(out, e->taken, true);
  if (const auto* e = std::get_if<PersonEnrolled>(&event)) {
    write_bucket(out, e->person.id, Bucket::kCurrentYear, e->person.current_year);
    write_bucket(out, e->person.id, Bucket::kCarryover, e->person.carryover);
  }
  if (const auto* e = std::get_if<AccountCredited>(&event))
    write_bucket(out, e->person, e->bucket, e->amount);
  if (const auto* e = std::get_if<AccountDebited>(&event))
    write_bucket(out, e->person, e->bucket, -e->amount);
  if (const auto* e = std::get_if<YearRolled>(&event)) {
    write_bucket(out, e->person, Bucket::kCurrentYear, -e->moved);
    write_bucket(out, e->person, Bucket::kCarryover, e->moved + e->interest);
  }
  if (const auto* e = std::get_if<AccountTransferredOut>(&event)) {
    write_bucket(out, e->person, Bucket::kCurrentYear, -e->current_year);
    write_bucket(out, e->person, Bucket::kCarryover, -e->carryover);
  }
  if (const auto* e = std::get_if<ContributionOrdered>(&event))
    write_legs(out, e->order.legs, true);
  if (const auto* e = std::get_if<ContributionReversed>(&event))
    write_legs(out, e->returned, false);
}

void write_events(json::JsonWriter& out, const Events& events) {
  out.begin_array("events");
  for (const Event& event : events) out.text(name_of(event));
  out.end_array();
  out.begin_array("movements");
  for (const Event& event : events) write_movements(out, event);
  out.end_array();
}

void write_balances(json::JsonWriter& out, const JournalRecord& record) {
  out.begin_array("balances");
  for (const BalanceAfter& balance : record.balances) {
    out.begin_object();
    out.text("psn_no", balance.person.text());
    out.money_text("current_year", balance.current_year);
    out.money_text("carryover", balance.carryover);
    out.end_object();
  }
  out.end_array();
}

bool is_settlement(const JournalRecord& record) {
  return record.event<Settled>() != nullptr || record.event<SettlementReversed>() != nullptr;
}

std::string_view name_in(const RecordNames& names, Sequence sequence) {
  const auto found = names.find(sequence);
  return found == names.end() ? std::string_view{} : std::string_view{found->second};
}

// What it is called outside, and the earlier record it speaks of.
void write_names(json::JsonWriter& out, const JournalRecord& record, const RecordNames& names) {
  if (is_settlement(record)) out.text("setl_id", settlement_id(record));
  if (record.event<ContributionOrdered>() != nullptr)
    out.text("contribution_id", contribution_id(record));
  const Sequence earlier = spoken_of(record);
  const std::string_view name = name_in(names, earlier);
  if (name.starts_with('C')) out.text("contribution_id", name);
  if (name.starts_with('S')) out.text("original_setl_id", name);
  if (record.event<SettlementReversed>() != nullptr)
    out.number("original_seq", static_cast<std::int64_t>(earlier.number()));
}

// What the caller named it, for the settlement's id has its own day in it.
std::string sent_field(const JournalRecord& record, std::string_view field) {
  for (const auto& section : json::parse_canonical(record.origin.business_input))
    if (section.name == "body") return std::string{section.value(field)};
  return "";
}

void write_suspense_line(json::JsonWriter& out, const JournalRecord& record, const PersonId& owner,
                         Fen amount, const RecordNames& names) {
  out.begin_object();
  out.number("seq", static_cast<std::int64_t>(record.sequence.number()));
  out.text("at", rfc3339(record.at));
  out.text("psn_no", owner.text());
  out.money_text("amount", amount);
  write_names(out, record, names);
  out.end_object();
}

}  // namespace

std::string_view name_of(const Event& event) { return std::visit(EventName{}, event); }

std::string_view type_of(const JournalRecord& record) {
  const auto* events = std::get_if<Events>(&record.outcome);
  if (events == nullptr) return "refused";
  if (record.event<Settled>() != nullptr && record.event<SettlementReversed>() != nullptr)
    return "partially_refunded";
  if (std::holds_alternative<ViewAccountCommand>(record.command)) return "account_viewed";
  if (std::holds_alternative<RecordVisitCommand>(record.command)) return "visit_recorded";
  return events->empty() ? "unchanged" : name_of(events->front());
}

std::string event_json(const JournalRecord& record, const RecordNames& names) {
  std::string body;
  json::JsonWriter out{body};
  out.begin_object();
  out.number("seq", static_cast<std::int64_t>(record.sequence.number()));
  out.text("type", type_of(record));
  out.text("at", rfc3339(record.at));
  write_names(out, record, names);
  out.text("psn_no", subject_of(record.command).text());
  write_origin(out, record);
  out.text("profile", record.profile.id);
  out.text("profile_hash", record.profile.hash);
  if (const Refusal* refusal = record.refusal()) write_refusal(out, *refusal);
  if (record.applied()) write_events(out, std::get<Events>(record.outcome));
  write_balances(out, record);
  out.end_object();
  return body;
}

std::string review_json(const JournalRecord& record) {
  const ReviewMarked& marked = *record.event<ReviewMarked>();
  std::string body;
  json::JsonWriter out{body};
  out.begin_object();
  out.number("seq", static_cast<std::int64_t>(record.sequence.number()));
  out.text("at", rfc3339(record.at));
  if (marked.review.link.is_none()) out.text("setl_id", sent_field(record, "setl_id"));
  if (!marked.review.link.is_none())
    out.text("link_id", std::to_string(marked.review.link.number()));
  out.text("psn_no", marked.review.person.text());
  out.key("under_review");
  out.boolean(marked.under_review);
  out.text("note", marked.review.note);
  out.text("operator", record.origin.operator_id);
  out.end_object();
  return body;
}

std::vector<std::string> suspense_json(const JournalRecord& record, const RecordNames& names) {
  std::map<PersonId, Fen> owners;
  if (const auto* reversed = record.event<SettlementReversed>())
    for (const Leg& leg : reversed->suspense) owners[leg.owner] += leg.amount;
  if (const auto* reversed = record.event<ContributionReversed>())
    for (const Leg& leg : reversed->suspense) owners[leg.owner] += leg.amount;
  std::vector<std::string> lines;
  for (const auto& [owner, amount] : owners) {
    json::JsonWriter out{lines.emplace_back()};
    write_suspense_line(out, record, owner, amount, names);
  }
  return lines;
}

}  // namespace gongji::gateway::rest
