#include "tests/simulation/oracle/verdict.hpp"

#include <map>
#include <set>

#include "app/gongjictl/audit.hpp"
#include "app/gongjictl/replay.hpp"
#include "tests/actors/journal_audit.hpp"
#include "tests/simulation/oracle/held_journal.hpp"

namespace gongji::simulation {
namespace {

using actors::test::JournalAudit;

std::string number(Sequence sequence) { return std::to_string(sequence.number()); }

// ---- the auditors ----

void audit(Oracle& oracle, const JournalStore& journal) {
  const ctl::Audit audited = ctl::audit_journal(journal);
  for (const std::string& problem : audited.problems.first) oracle.complain("audit: " + problem);
}

void decide_again(Oracle& oracle, const JournalStore& journal, const ProfileBook& policies) {
  ctl::ReplayQuestion question;
  question.policies = policies;
  const ctl::ReplayHooks hooks{
      [&](const ctl::Replayed& replayed) {
        if (!replayed.same)
          oracle.complain("record " + number(replayed.record.sequence) +
                          " is decided otherwise on what the journal says");
      },
      {}};
  const ctl::ReplayResult result = ctl::replay_journal(journal, question, hooks);
  if (!result.damage.empty()) oracle.complain("replay: " + result.damage);
}

// ---- answers ----

void find_answers(Oracle& oracle, const std::vector<RecordPtr>& records) {
  for (const RecordPtr& answer : oracle.answers()) {
    const std::size_t place = answer->sequence.number() - 1;
    if (place >= records.size())
      oracle.complain("record " + number(answer->sequence) + " was answered and is lost");
    else if (*records[place] != *answer)
      oracle.complain("record " + number(answer->sequence) + " is not what was answered");
  }
}

// A 2601 that came first: the message it names was never decided, before or after.
void keep_barred(Oracle& oracle, const std::vector<RecordPtr>& records) {
  std::set<MessageKey> barred;
  for (const RecordPtr& record : records) {
    const auto* tombstone = std::get_if<TombstoneCommand>(&record->command);
    if (tombstone != nullptr && record->keys.size() > 1) barred.insert(tombstone->original);
  }
  for (const RecordPtr& record : records)
    if (!record->keys.empty() && barred.contains(record->origin.key))
      oracle.complain("record " + number(record->sequence) + " decides a message that was barred");
}

// ---- order ----

void check_epochs(Oracle& oracle, const std::vector<RecordPtr>& records) {
  Epoch last;
  for (const RecordPtr& record : records) {
    if (record->epoch < last)
      oracle.complain("record " + number(record->sequence) + " is of an older owner");
    last = std::max(last, record->epoch);
  }
}

void check_groups(Oracle& oracle, const Disk& disk, const std::vector<RecordPtr>& records) {
  for (const Disk::Attempt& group : disk.attempts()) {
    std::uint64_t there = 0;
    for (auto at = group.first.number(); at <= group.last.number() && at <= records.size(); ++at)
      if (records[at - 1]->epoch == group.epoch) ++there;
    const std::uint64_t whole = group.last.number() - group.first.number() + 1;
    if (there != 0 && there != whole)
      oracle.complain("of the group from record " + number(group.first) + " only " +
                      std::to_string(there) + " of " + std::to_string(whole) +
                      " records are there");
  }
}

// ---- quotas ----

using Used = std::map<LinkId, Fen>;

void add(Used& used, const std::vector<Leg>& legs, bool taken) {
  for (const Leg& leg : legs) used[leg.link] += taken ? leg.amount : -leg.amount;
}

struct Usage {
  Used& used;
  void operator()(const Settled& event) const { add(used, event.family, true); }
  void operator()(const SettlementReversed& event) const {
    add(used, event.returned, false);
    add(used, event.suspense, false);
  }
  void operator()(const SettlementReapplied& event) const { add(used, event.taken, true); }
  void operator()(const ContributionOrdered& event) const { add(used, event.order.legs, true); }
  void operator()(const ContributionReversed& event) const {
    add(used, event.returned, false);
    add(used, event.suspense, false);
  }
  template <class Other>
  void operator()(const Other&) const {}
};

void check_quotas(Oracle& oracle, const JournalAudit& books,
                  const std::vector<RecordPtr>& records) {
  Used used;
  for (const RecordPtr& record : records)
    if (const auto* events = std::get_if<Events>(&record->outcome))
      for (const Event& event : *events) std::visit(Usage{used}, event);
  for (const auto& [id, image] : books.households)
    for (const Network& network : image.state.networks)
      for (const Link& link : network.links)
        if (link.quota && link.quota_left != *link.quota - used[link.id])
          oracle.complain("link " + std::to_string(link.id.number()) + " has " +
                          to_yuan_text(link.quota_left) + " left of " + to_yuan_text(*link.quota) +
                          " after " + to_yuan_text(used[link.id]) + " used");
}

// ---- the copy for readers ----

void compare_copy(Oracle& oracle, HotBalances& hot, const JournalAudit& books, Sequence newest) {
  hot.find_marker([&](const auto& marker) {
    const bool marked = marker && *marker;
    if (!marked || (*marker)->sequence != newest)
      oracle.complain("the copy is marked complete up to record " +
                      (marked ? number((*marker)->sequence) : "none") + ", not " + number(newest));
  });
  for (const auto& [id, person] : books.persons)
    hot.find_person(id, {}, [&](const auto& found) {
      if (!found || !*found)
        oracle.complain("the copy does not know " + id.text());
      else if ((*found)->carryover != person.carryover ||
               (*found)->current_year != person.current_year)
        oracle.complain("the copy shows another balance of " + id.text());
    });
}

void compare_shown(Oracle& oracle, const std::vector<PersonFound>& shown,
                   const JournalAudit& books) {
  for (const PersonFound& found : shown) {
    const auto person = books.persons.find(found.person.id);
    if (person == books.persons.end())
      oracle.complain(found.person.id.text() + " is shown and in no household");
    else if (found.person.carryover != person->second.carryover ||
             found.person.current_year != person->second.current_year)
      oracle.complain(found.person.id.text() + " is shown with another balance");
  }
  if (shown.size() != books.persons.size())
    oracle.complain("of " + std::to_string(books.persons.size()) + " persons " +
                    std::to_string(shown.size()) + " are shown");
}

}  // namespace

void judge(Oracle& oracle, const Evidence& evidence) {
  const HeldJournal journal{evidence.journal};
  if (!journal.damage().empty()) return oracle.complain("the journal: " + journal.damage());
  const std::vector<RecordPtr>& records = journal.records();
  const JournalAudit books = actors::test::audit(journal);
  for (const std::string& complaint : books.complaints) oracle.complain("books: " + complaint);
  audit(oracle, journal);
  decide_again(oracle, journal, evidence.policies);
  find_answers(oracle, records);
  keep_barred(oracle, records);
  check_epochs(oracle, records);
  check_groups(oracle, evidence.disk, records);
  check_quotas(oracle, books, records);
  compare_copy(oracle, evidence.hot, books, journal.head().durable);
  compare_shown(oracle, evidence.shown, books);
}

}  // namespace gongji::simulation
