#include "stores/index_rules.hpp"

namespace gongji::stores {
namespace {

struct IndexEvent {
  const JournalRecord& record;
  IndexSink& sink;

  void operator()(const PersonEnrolled& event) const {
    sink.person(event.person.id, record.household);
  }
  void operator()(const HouseholdDeparted& event) const {
    sink.household_used(event.to);
    sink.transfer_opened({record.household, event.to, record.sequence});
  }
  void operator()(const ContentsArrived& event) const {
    sink.household_used(event.contents.id);
    for (const Person& person : event.contents.persons) sink.person(person.id, record.household);
    sink.transfer_closed(event.contents.id);
  }
  void operator()(const Settled&) const {}
  void operator()(const SettlementReversed&) const {}
  void operator()(const SettlementReapplied&) const {}
  void operator()(const PersonDetailsChanged&) const {}
  void operator()(const NetworkFormed&) const {}
  void operator()(const ModesConfirmed&) const {}
  void operator()(const MemberBound&) const {}
  void operator()(const MemberUnbound&) const {}
  void operator()(const NetworkDisbanded&) const {}
};

}  // namespace

void index_record(const JournalRecord& record, IndexSink& sink) {
  for (const KeyHash& key : record.keys) sink.key(key, record.sequence);
  if (record.household.is_none()) return;  // a tombstone belongs to nobody
  sink.household_used(record.household);
  sink.newest(record.household, record.sequence);
  if (const auto* events = std::get_if<Events>(&record.outcome))
    for (const Event& event : *events) std::visit(IndexEvent{record, sink}, event);
}

}  // namespace gongji::stores
