#include "stores/index_rules.hpp"

namespace gongji::stores {
namespace {

// Only some of a household left.
bool is_split(const JournalRecord& record) {
  const auto* depart = std::get_if<DepartCommand>(&record.command);
  return depart != nullptr && !depart->persons.empty();
}

struct IndexEvent {
  const JournalRecord& record;
  IndexSink& sink;

  void operator()(const PersonEnrolled& event) const {
    sink.person(event.person.id, record.household);
  }
  void operator()(const HouseholdDeparted& event) const {
    sink.household_used(event.to);
    sink.transfer_opened({record.household, event.to, record.sequence});
    if (!is_split(record)) return;
    // The old household goes on without them: whoever asks it for them would take them for
    // strangers. Of a merge nobody stays behind, and who comes looking is sent on.
    for (const Person& person : event.contents.persons) sink.person(person.id, event.to);
  }
  void operator()(const ContentsArrived& event) const {
    sink.household_used(event.contents.id);
    for (const Person& person : event.contents.persons) sink.person(person.id, record.household);
    sink.transfer_closed(event.contents.id, event.departed);
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
  void operator()(const RelationCorrected&) const {}
  void operator()(const AccountCredited&) const {}
  void operator()(const AccountDebited&) const {}
  void operator()(const YearRolled&) const {}
  void operator()(const AccountTransferredOut&) const {}
  // What these are looked up by is told by marks_of().
  void operator()(const ContributionOrdered&) const {}
  void operator()(const ContributionAnswered&) const {}
  void operator()(const ContributionInsured&) const {}
  void operator()(const ContributionReversed&) const {}
  void operator()(const ReviewMarked&) const {}
};

// Settlements, nearly all of the journal, never have any.
void index_marks(const JournalRecord& record, IndexSink& sink) {
  if (std::holds_alternative<SettleCommand>(record.command)) return;
  for (const auto& [kind, at, open] : marks_of(record))
    open ? sink.mark_opened(kind, at) : sink.mark_closed(kind, at);
}

// What takes a settlement back is told twice: on its own day, and where the settlement lies.
void index_postings(const JournalRecord& record, IndexSink& sink) {
  const auto [institution, undoing, settled] = postings_of(record);
  if (institution == nullptr) return;
  using enum PostingList::Kind;
  const PostingList day{kDay, day_bucket(record.at), *institution};
  if (undoing) {
    sink.posting(day, *undoing);
    sink.posting({kFate, fate_bucket(undoing->posting.original), *institution}, *undoing);
  }
  if (settled) sink.posting(day, *settled);
}

}  // namespace

void index_record(const JournalRecord& record, IndexSink& sink) {
  for (const KeyHash& key : record.keys) sink.key(key, record.sequence);
  if (const auto* enrol = std::get_if<EnrolCommand>(&record.command))
    sink.enrolled(record.sequence, enrol->person.id);
  if (record.household.is_none()) return;  // a tombstone or a visit belongs to nobody
  sink.household_used(record.household);
  sink.newest(record.household, record.sequence);
  if (const auto* events = std::get_if<Events>(&record.outcome))
    for (const Event& event : *events) std::visit(IndexEvent{record, sink}, event);
  index_marks(record, sink);
  index_postings(record, sink);
}

}  // namespace gongji::stores
