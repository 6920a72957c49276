#include "app/gongjictl/audit.hpp"

#include "app/gongjictl/audit_accounts.hpp"
#include "app/gongjictl/audit_contributions.hpp"
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

 private:
  Sequence last_;
  Epoch epoch_;
};

struct Count {
  AuditTotals& totals;

  void operator()(const Settled&) const { ++totals.settlements; }
  void operator()(const SettlementReversed&) const { ++totals.reversals; }
  void operator()(const ContributionOrdered&) const { ++totals.contributions; }
  void operator()(const YearRolled&) const { ++totals.rolls; }
  template <class Other>
  void operator()(const Other&) const {}
};

void count(const JournalRecord& record, AuditTotals& totals) {
  ++totals.records;
  if (totals.first.is_none()) totals.first = record.sequence;
  totals.last = record.sequence;
  if (record.refusal() != nullptr) ++totals.refusals;
  if (const auto* events = std::get_if<Events>(&record.outcome))
    for (const Event& event : *events) std::visit(Count{totals}, event);
}

// What came in from outside, less what left, is what is there.
void check_conservation(const AuditTotals& totals, ProblemList& problems) {
  if (totals.flow.net() != totals.found())
    problems.add("the books hold " + to_yuan_text(totals.found()) +
                 ", but what came in less what left is " + to_yuan_text(totals.flow.net()));
}

void add_money(Table& table, const AuditTotals& totals) {
  const MoneyFlow& flow = totals.flow;
  const auto row = [&table](const char* what, Fen amount, bool always = false) {
    if (always || !amount.is_zero()) table.add({what, to_yuan_text(amount)});
  };
  row("enrolled, yuan", flow.enrolled, true);
  row("credited", flow.credited);
  row("interest of rolls", flow.interest);
  row("taken by settlements", flow.taken, true);
  row("returned by reversals", flow.returned, true);
  row("paid for contributions", flow.contributed);
  row("given back by insurers", flow.handed_back);
  row("debited by the core system", flow.debited);
  row("left with closed accounts", flow.transferred_out);
  row("in buckets now", totals.in_buckets, true);
  row("waiting for their owners", totals.in_suspense);
  row("between two households", totals.in_transit);
}

}  // namespace

Audit audit_journal(const JournalStore& journal, const AuditProgress& progress) {
  Audit audit;
  OrderCheck order;
  KeyCheck keys;
  ReversalCheck reversals{journal};
  ContributionCheck contributions;
  AccountCheck accounts;
  HouseholdCheck households;
  const std::uint64_t all = journal.head().durable.number();
  const auto scanned = journal.scan(Sequence{1}, [&](const RecordPtr& record) {
    order.check(*record, audit.problems);
    keys.check(*record);
    check_split(*record, audit.problems);
    reversals.check(*record, accounts, audit.problems);
    contributions.check(*record, accounts, audit.problems);
    accounts.check(*record, audit.problems);
    households.check(*record, audit.totals, audit.problems);
    count(*record, audit.totals);
    if (progress && audit.totals.records % kProgressEvery == 0) progress(audit.totals.records, all);
    return true;
  });
  if (!scanned) audit.problems.add("reading the journal: " + scanned.error().message);
  if (scanned && order.last() != journal.head().durable)
    audit.problems.add("the journal ends at record " + std::to_string(order.last().number()) +
                       ", its head says " + std::to_string(all));
  households.finish(audit.totals, audit.problems);
  keys.finish(journal, audit.problems);
  audit.totals.keys = keys.count();
  if (households.lost_any()) return audit;  // no sum can come out; its own problem is listed
  check_conservation(audit.totals, audit.problems);
  accounts.finish(audit.totals, audit.problems);
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
  table.add({"contributions ordered", number(totals.contributions)});
  table.add({"accounts rolled", number(totals.rolls)});
  table.add({"households", number(totals.households)});
  table.add({"moves between households", number(totals.moves)});
  table.add({"persons", number(totals.persons)});
  table.add({"messages applied", number(totals.keys)});
  add_money(table, totals);
  std::string text = table.text();
  if (audit.holds()) return text + "All checks hold.\n";
  text += number(audit.problems.count) + " problems" +
          (audit.problems.count > audit.problems.first.size() ? ", the first:\n" : ":\n");
  for (const std::string& problem : audit.problems.first) text += "  " + problem + "\n";
  return text;
}

}  // namespace gongji::ctl
