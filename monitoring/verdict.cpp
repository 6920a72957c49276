#include "monitoring/verdict.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "monitoring/process_figures.hpp"
#include "monitoring/thresholds.hpp"

namespace gongji::monitoring {
namespace {

constexpr std::int64_t kAuditStaleSeconds = 3600;
constexpr std::int64_t kAuditLateSeconds = 60;
constexpr double kPercent = 100;

std::string whole(double number) { return std::to_string(std::llround(number)); }
std::string percent(double part) { return whole(part * kPercent) + " %"; }
std::string milliseconds(double seconds) { return whole(seconds * 1000) + " ms"; }
std::string gibibytes(double bytes) {
  const auto tenths = std::llround(bytes / (1U << 30U) * 10);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " GiB";
}

// All that is looked at, once.
struct Look {
  const PrometheusMetrics& metrics;
  const Health& health;
  const HistoryPoint& minute;
  const std::vector<HotHouseholdFigure>& households;
  LedgerFigures ledger;
  std::int64_t audit_age_s = 0;
  std::vector<Finding>& findings;

  void warn(std::string text, const char* alert) const {
    findings.push_back({Grade::kWarning, std::move(text), alert});
  }
  void alarm(std::string text, const char* alert) const {
    findings.push_back({Grade::kBad, std::move(text), alert});
  }
  [[nodiscard]] double per_second(std::uint64_t count) const {
    return minute.seconds > 0 ? static_cast<double>(count) / minute.seconds : 0;
  }
};

void find_money(const Look& look) {
  if (look.ledger.imbalance_fen != 0)
    look.alarm(std::to_string(look.ledger.imbalance_fen) + " fen appeared or vanished",
               "GongjiLedgerImbalance");
  if (look.ledger.failures > 0)
    look.alarm("the journal cannot be read through", "GongjiAuditFailed");
  else if (look.audit_age_s > kAuditStaleSeconds)
    look.alarm("nobody has checked the books for an hour", "GongjiAuditStale");
  if (look.health.has(Obstacle::kJournalFailed))
    look.alarm("the journal could not be written", "GongjiJournalFailed");
}

void find_service(const Look& look) {
  if (look.health.has(Obstacle::kReplayingJournal))
    look.alarm("replaying the journal: no traffic yet", "GongjiNotReady");
  const Totals& counted = look.minute.counted;
  const double messages = look.per_second(counted.messages());
  if (messages < kLowTrafficPerSecond) return;
  const double failed =
      static_cast<double>(counted.outcomes[index_of(TransactionOutcome::kUnknown)]) /
      static_cast<double>(counted.messages());
  if (failed > 1 - kAvailabilityObjective)
    look.alarm(percent(failed) + " of answers are \"unknown\"", "GongjiAvailabilityBurnFast");
  const double p99 = quantile(counted.duration, 0.99);
  if (p99 > kLatencySeconds)
    look.warn("99 of 100 answers take up to " + milliseconds(p99), "GongjiLatencyBurnFast");
}

void find_load(const Look& look) {
  for (std::size_t i = 0; i < kShedCauses.size(); ++i)
    if (look.minute.counted.shed[i] > 0 && kShedCauses[i] != "draining")
      look.warn(std::to_string(look.minute.counted.shed[i]) +
                    " messages turned away within a minute (" + std::string{kShedCauses[i]} + ")",
                "GongjiShedding");
  const double limit = look.metrics.watched("inflight_limit");
  if (limit > 0 && static_cast<double>(look.minute.counted.inflight) > kInflightRatio * limit)
    look.warn("nearly as many messages inside as are let in", "GongjiInflightHigh");
  const double queue_limit = look.metrics.watched("household_inflight_limit");
  if (queue_limit > 0 &&
      static_cast<double>(look.minute.mailbox_depth) > kMailboxRatio * queue_limit)
    look.warn("one family's queue is nearly full", "GongjiMailboxDeep");
  if (look.minute.oldest_waiting_s > kOldestMessageSeconds)
    look.alarm("a message has waited for " + whole(look.minute.oldest_waiting_s) + " s",
               "GongjiMessageStuck");
  if (!look.households.empty() && look.households[0].per_second > kHammeredPerSecond &&
      look.households[0].per_second >
          kHammeredShare * look.per_second(look.minute.counted.committed_records))
    look.warn("household " + masked(look.households[0].household) + " gets " +
                  whole(look.households[0].per_second) + " messages a second",
              "GongjiHouseholdHammered");
}

void find_disk(const Look& look) {
  const double sync_p99 = quantile(look.minute.counted.commit, 0.99);
  if (sync_p99 > kJournalP99PageSeconds)
    look.alarm("a sync takes up to " + milliseconds(sync_p99), "GongjiJournalVerySlow");
  else if (sync_p99 > kJournalP99Seconds)
    look.warn("a sync takes up to " + milliseconds(sync_p99), "GongjiJournalSlow");
  const double free = look.metrics.watched("store_free_bytes");
  if (free < kDiskNearLimitFactor * look.metrics.watched("store_free_bytes_min"))
    look.alarm("only " + gibibytes(free) + " of disk are left", "GongjiDiskLow");
}

void find_readers(const Look& look) {
  if (look.metrics.watched("hot_balance_wanted") == 0) return;
  if (look.metrics.watched("hot_balance_up") == 0)
    look.warn("Redis takes no balances; settlements go on", "GongjiHotBalancesDown");
  else if (look.minute.hot_balance_lag_records > kHotBalanceLagRecords)
    look.warn("Redis is " + whole(look.minute.hot_balance_lag_records) + " records behind",
              "GongjiHotBalancesLag");
}

void answer_money(const Look& look, Verdict& verdict) {
  const bool at_risk = std::any_of(verdict.findings.begin(), verdict.findings.end(),
                                   [](const Finding& each) { return each.grade == Grade::kBad; });
  verdict.money = at_risk ? Grade::kBad : Grade::kGood;
  if (at_risk) {
    verdict.money_text = "At risk: " + verdict.findings.front().text;
  } else if (look.ledger.last_success_s == 0 || look.audit_age_s > kAuditLateSeconds) {
    verdict.money = Grade::kWarning;
    verdict.money_text = "No fault found, the check is still on its way: " +
                         std::to_string(look.ledger.lag_records) + " records to go";
  } else {
    verdict.money_text =
        "Safe: every fen is accounted for, checked " + std::to_string(look.audit_age_s) + " s ago";
  }
}

void answer_serving(const Look& look, Verdict& verdict) {
  const Totals& counted = look.minute.counted;
  if (!look.health.ready()) {
    verdict.serving = Grade::kBad;
    verdict.serving_text = "No: " + std::string{to_text(look.health.obstacles().front())};
  } else if (counted.messages() == 0) {
    verdict.serving_text = "Ready; nobody asked within the last minute";
  } else {
    const bool failing =
        std::any_of(verdict.findings.begin(), verdict.findings.end(), [](const Finding& each) {
          return each.alert == "GongjiAvailabilityBurnFast" || each.alert == "GongjiShedding";
        });
    verdict.serving = failing ? Grade::kWarning : Grade::kGood;
    verdict.serving_text =
        std::string{failing ? "In part: " : "Yes: "} + whole(look.per_second(counted.messages())) +
        " messages/s, 99 of 100 answered within " + milliseconds(quantile(counted.duration, 0.99));
  }
}

}  // namespace

std::string_view to_text(Grade grade) {
  switch (grade) {
    case Grade::kGood: return "good";
    case Grade::kWarning: return "warning";
    case Grade::kBad: return "bad";
  }
  std::abort();
}

Verdict judge(const PrometheusMetrics& metrics, const Health& health, const HistoryPoint& minute,
              const std::vector<HotHouseholdFigure>& households, std::int64_t now_s) {
  Verdict verdict;
  const LedgerFigures ledger = metrics.ledger();
  const double started_s = process_figures().start_time_seconds;
  const std::int64_t since = std::max(ledger.last_success_s, static_cast<std::int64_t>(started_s));
  const Look look{metrics,         health, minute,
                  households,      ledger, std::max<std::int64_t>(0, now_s - since),
                  verdict.findings};
  find_money(look);
  answer_money(look, verdict);
  find_service(look);
  find_load(look);
  find_disk(look);
  find_readers(look);
  answer_serving(look, verdict);
  std::stable_sort(verdict.findings.begin(), verdict.findings.end(),
                   [](const Finding& a, const Finding& b) { return a.grade > b.grade; });
  return verdict;
}

}  // namespace gongji::monitoring
