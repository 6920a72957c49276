#include "tests/actors/journal_audit.hpp"

#include <set>

namespace gongji::actors::test {
namespace {

class Auditor {
 public:
  explicit Auditor(JournalAudit& report) : report_(report) {}

  void read(const RecordPtr& record) {
    if (record->sequence != last_.next()) complain(*record, "is out of sequence");
    last_ = record->sequence;
    check_keys(record);
    if (!record->household.is_none()) fold_in(*record);
    if (const auto* events = std::get_if<Events>(&record->outcome))
      for (const Event& event : *events) follow(*record, event);
  }

  void close() {
    for (const auto& [id, image] : report_.households) settle_in(image.state);
    for (const auto& [id, contents] : travelling_) settle_in(contents);
    Fen held = waiting_;
    for (const auto& [id, person] : report_.persons) held += person.total();
    if (held != report_.expected)
      report_.complaints.push_back("accounts hold " + to_yuan_text(held) + ", not " +
                                   to_yuan_text(report_.expected));
  }

 private:
  void complain(const JournalRecord& record, const std::string& what) {
    report_.complaints.push_back("record " + std::to_string(record.sequence.number()) + ' ' + what);
  }

  void settle_in(const Household& household) {
    for (const Person& person : household.persons) settle_in(person);
    for (const SuspenseEntry& entry : household.suspense) waiting_ += entry.amount;
  }
  void settle_in(const Person& person) {
    if (!report_.persons.emplace(person.id, person).second)
      report_.complaints.push_back(person.id.text() + " lives in two households");
    if (person.carryover.is_negative()) report_.complaints.push_back(person.id.text() + " owes");
  }

  void check_keys(const RecordPtr& record) {
    const MessageKey& key = record->origin.key;
    if (record->keys.empty()) return;  // moves, rolls and answers of outside parties
    if (!report_.first.emplace(key, record).second)
      complain(*record, "decides message " + key.infno + ' ' + key.msgid + " again");
    if (record->event<Settled>() == nullptr) return;
    for (std::size_t i = 1; i < record->keys.size(); ++i) {  // business keys
      if (key.infno == "2102") for_a_while_.insert(record->keys[i]);
      if (for_a_while_.contains(record->keys[i])) continue;
      const auto before = batches_.find(record->keys[i]);
      const auto* reversed = record->event<SettlementReversed>();  // by a smaller bill
      const bool replaced =
          reversed != nullptr && before != batches_.end() && reversed->original == before->second;
      if (before != batches_.end() && standing_.contains(before->second) && !replaced)
        complain(*record, "settles a batch that stands settled by " + history(before->second));
      batches_[record->keys[i]] = record->sequence;
      batch_of_[record->sequence] = record->keys[i];
    }
  }

  // The records that settled, reversed and re-applied it.
  std::string history(Sequence settlement) const {
    std::string text = std::to_string(settlement.number());
    for (const auto& [key, record] : report_.first) {
      const auto* reversed = record->event<SettlementReversed>();
      const auto* reapplied = record->event<SettlementReapplied>();
      if (reversed != nullptr && reversed->original == settlement)
        text += ", reversed by " + std::to_string(record->sequence.number());
      if (reapplied != nullptr && reapplied->original == settlement)
        text += ", re-applied by " + std::to_string(record->sequence.number());
    }
    return text;
  }

  void fold_in(const JournalRecord& record) {
    auto folded = fold(report_.households[record.household], record);
    if (!folded) return complain(record, folded.error());
    report_.households[record.household] = std::move(folded).value();
  }

  void follow(const JournalRecord& record, const Event& event) {
    if (const auto* e = std::get_if<PersonEnrolled>(&event)) report_.expected += e->person.total();
    if (const auto* e = std::get_if<AccountCredited>(&event)) report_.expected += e->amount;
    if (const auto* e = std::get_if<AccountDebited>(&event)) report_.expected -= e->amount;
    if (const auto* e = std::get_if<YearRolled>(&event)) report_.expected += e->interest;
    if (const auto* e = std::get_if<AccountTransferredOut>(&event))
      report_.expected -= e->current_year + e->carryover;
    if (const auto* e = std::get_if<ContributionOrdered>(&event))
      report_.expected -= sum_of(e->order.legs);
    if (const auto* e = std::get_if<ContributionReversed>(&event))
      report_.expected += sum_of(e->returned) + sum_of(e->suspense);
    if (const auto* e = std::get_if<Settled>(&event)) {
      report_.expected -= sum_of(e->own) + sum_of(e->family) + e->current_year_taken;
      standing_.insert(record.sequence);
    }
    if (const auto* e = std::get_if<SettlementReversed>(&event)) {
      report_.expected += sum_of(e->returned) + sum_of(e->suspense);
      if (standing_.erase(e->original) == 0) complain(record, "reverses what does not stand");
    }
    if (const auto* e = std::get_if<SettlementReapplied>(&event)) {
      report_.expected -= sum_of(e->taken);
      if (!standing_.insert(e->original).second) complain(record, "re-applies what stands");
      const auto batch = batch_of_.find(e->original);
      if (batch != batch_of_.end() && batches_[batch->second] != e->original)
        complain(record, "re-applies a batch that was settled anew");
    }
    if (const auto* e = std::get_if<HouseholdDeparted>(&event)) depart(record, e->contents);
    if (const auto* e = std::get_if<ContentsArrived>(&event)) {
      const auto left = travelling_.find(e->departed);
      if (left == travelling_.end() || left->second != e->contents)
        complain(record, "receives what did not depart");
      travelling_.erase(e->departed);
    }
  }

  // Several parts of one household may be on the way at once, for one of them until a restart.
  void depart(const JournalRecord& record, const Household& contents) {
    for (const auto& [departed, others] : travelling_)
      for (const Person& person : contents.persons)
        if (others.find(person.id) != nullptr) complain(record, "departs twice");
    travelling_.emplace(record.sequence, contents);
  }

  JournalAudit& report_;
  Fen waiting_;  // in suspense
  Sequence last_;
  std::set<Sequence> standing_;
  std::map<KeyHash, Sequence> batches_;  // who settled it last
  std::set<KeyHash> for_a_while_;        // of sales: names one, and after a time another
  std::map<Sequence, KeyHash> batch_of_;
  std::map<Sequence, Household> travelling_;  // by the record of the departure
};

}  // namespace

JournalAudit audit(const JournalStore& store) {
  JournalAudit report;
  Auditor auditor{report};
  const auto scanned = store.scan(Sequence{1}, [&](const RecordPtr& record) {
    auditor.read(record);
    return true;
  });
  if (!scanned) report.complaints.push_back(scanned.error().message);
  auditor.close();
  return report;
}

std::string text_of(const std::vector<std::string>& complaints) {
  std::string text;
  for (std::size_t i = 0; i < complaints.size() && i < 10; ++i) text += complaints[i] + '\n';
  return text;
}

}  // namespace gongji::actors::test
