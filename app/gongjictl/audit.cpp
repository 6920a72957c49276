#include "app/gongjictl/audit.hpp"

#include "app/gongjictl/audit_households.hpp"
#include "app/gongjictl/audit_keys.hpp"
#include "app/gongjictl/audit_reversals.hpp"
#include "app/gongjictl/audit_split.hpp"
#include "app/gongjictl/table.hpp"
#include "loadtest/client/progress_line.hpp"

namespace gongji::ctl {
namespace {

constexpr std::uint64_t kProgressEvery = 1024;

// Sequences start at 1 and have no gap; epochs never go back.
class OrderCheck {
 public:
  void check(const JournalRecord& record, ProblemList& problems) {
    if (record.sequence != last_.next())
      problems.add("record " + std::to_string(record.sequence.number()) + " stands after " +
                   std::to_string(last_.number()) + ": the sequence has a gap");
    if (record.epoch < epoch_)
      problems.add("record " + std::to_string(record.sequence.number()) + " is of epoch " +
                   std::to_string(record.epoch.number()) + ", older than the one before it");
    last_ = record.sequence;
    epoch_ = std::max(epoch_, record.epoch);
  }
  [[nodiscard]] Sequence last() const { return last_; }
  [[nodiscard]] Epoch epoch() const { return epoch_; }

 private:
  Sequence last_;
  Epoch epoch_;
};

void count(const JournalRecord& record, AuditTotals& totals) {
  ++totals.records;
  if (totals.first.is_none()) totals.first = record.sequence;
  totals.last = record.sequence;
  if (record.refusal() != nullptr) ++totals.refusals;
  if (record.event<Settled>() != nullptr) ++totals.settlements;
  if (record.event<SettlementReversed>() != nullptr) ++totals.reversals;
}

// What was enrolled, less what was taken, plus what was returned, is what is there.
void check_conservation(const AuditTotals& totals, ProblemList& problems) {
  const Fen expected = totals.enrolled - totals.taken + totals.returned;
  const Fen found = totals.in_buckets + totals.in_transit;
  if (expected != found)
    problems.add("the buckets hold " + to_yuan_text(found) +
                 ", but enrolled - taken + returned is " + to_yuan_text(expected));
}

}  // namespace

Audit audit_journal(const JournalStore& journal, const AuditProgress& progress) {
  Audit audit;
  OrderCheck order;
  KeyCheck keys;
  ReversalCheck reversals{journal};
  HouseholdCheck households;
  const std::uint64_t all = journal.head().durable.number();
  const auto scanned = journal.scan(Sequence{1}, [&](const RecordPtr& record) {
    order.check(*record, audit.problems);
    keys.check(*record);
    check_split(*record, audit.problems);
    reversals.check(*record, audit.problems);
    households.check(*record, audit.totals, audit.problems);
    count(*record, audit.totals);
    if (progress && audit.totals.records % kProgressEvery == 0) progress(audit.totals.records, all);
    return true;
  });
  if (!scanned) audit.problems.add("reading the journal: " + scanned.error().message);
  if (scanned && order.last() != journal.head().durable)
    audit.problems.add("the journal ends at record " + std::to_string(order.last().number()) +
                       ", its head says " + std::to_string(all));
  households.finish(order.epoch(), audit.totals, audit.problems);
  keys.finish(journal, audit.problems);
  audit.totals.keys = keys.count();
  // With a household that could not be followed the sum cannot come out; its own problem is listed.
  if (!households.lost_any()) check_conservation(audit.totals, audit.problems);
  return audit;
}

std::string audit_text(const Audit& audit) {
  const auto number = [](std::uint64_t n) { return loadtest::with_thousands(n); };
  const AuditTotals& totals = audit.totals;
  Table table{{"", ""}};
  table.right_align(1);
  table.add({"records", number(totals.records)});
  table.add({"refusals among them", number(totals.refusals)});
  table.add({"settlements", number(totals.settlements)});
  table.add({"reversals", number(totals.reversals)});
  table.add({"households", number(totals.households)});
  table.add({"households that joined another", number(totals.moves)});
  table.add({"persons", number(totals.persons)});
  table.add({"messages applied", number(totals.keys)});
  table.add({"enrolled, yuan", to_yuan_text(totals.enrolled)});
  table.add({"taken by settlements", to_yuan_text(totals.taken)});
  table.add({"returned by reversals", to_yuan_text(totals.returned)});
  table.add({"in buckets now", to_yuan_text(totals.in_buckets)});
  if (!totals.in_transit.is_zero())
    table.add({"between two households", to_yuan_text(totals.in_transit)});
  std::string text = table.text();
  if (audit.holds()) return text + "All checks hold.\n";
  text += number(audit.problems.count) + " problems" +
          (audit.problems.count > audit.problems.first.size() ? ", the first:\n" : ":\n");
  for (const std::string& problem : audit.problems.first) text += "  " + problem + "\n";
  return text;
}

}  // namespace gongji::ctl
