#include "monitoring/figure_history.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "monitoring/ops_figures.hpp"
#include "monitoring/verdict.hpp"

namespace gongji::monitoring {
namespace {

using namespace std::chrono_literals;
using Outcome = TransactionOutcome;

// Looks by hand only: the history's own thread comes every two seconds and would be counted too,
// so what is asserted are sums, whoever looked.
class FigureHistoryTest : public testing::Test {
 protected:
  void look() { history_.look(std::chrono::steady_clock::now(), at_ms_ += 2000); }
  Verdict verdict() {
    return judge(metrics_, health_, history_.last(60s), history_.hot_households(), now_s_);
  }
  bool finds(const char* alert) {
    for (const Finding& each : verdict().findings)
      if (each.alert == alert) return true;
    return false;
  }
  void audited(LedgerFigures figures) {
    metrics_.set_ledger([figures] { return figures; });
  }

  PrometheusMetrics metrics_{{"0.1.0", "abc"}};
  Health health_;
  FigureHistory history_{metrics_};
  std::int64_t at_ms_ = 4'000'000'000'000;  // later than any look of the thread
  std::int64_t now_s_ = 4'000'000'100;
};

TEST_F(FigureHistoryTest, a_point_is_what_was_counted_since_the_one_before) {
  metrics_.transaction("2102", Outcome::kApplied, 0.004);
  metrics_.paid(PaidFrom::kFamily, Channel::kPharmacy, Fen{120'00});
  look();
  metrics_.transaction("2102", Outcome::kRefused, 0.004);
  metrics_.transaction("2102", Outcome::kRefused, 0.004);
  look();
  const auto points = history_.after(0);
  Totals sum;
  for (const HistoryPoint& point : points) {
    sum.outcomes[0] += point.counted.outcomes[0];
    sum.outcomes[1] += point.counted.outcomes[1];
    sum.paid_fen[1] += point.counted.paid_fen[1];
  }
  EXPECT_EQ(sum.outcomes[0], 1U);
  EXPECT_EQ(sum.outcomes[1], 2U);
  EXPECT_EQ(sum.paid_fen[1], 12'000U);
  EXPECT_EQ(history_.after(at_ms_ - 1).size(), 1U);
  EXPECT_TRUE(history_.after(at_ms_).empty());
}

TEST_F(FigureHistoryTest, it_forgets_what_is_older_than_a_quarter_of_an_hour) {
  for (std::size_t i = 0; i < kHistorySteps + 10; ++i) look();
  EXPECT_EQ(history_.after(0).size(), kHistorySteps);
}

TEST_F(FigureHistoryTest, percentiles_lie_within_their_bucket) {
  SecondsBuckets buckets{};
  EXPECT_EQ(quantile(buckets, 0.99), 0);
  buckets[3] = 90;  // up to 5 ms
  buckets[7] = 10;  // up to 100 ms
  EXPECT_GT(quantile(buckets, 0.5), 0.0025);
  EXPECT_LE(quantile(buckets, 0.5), 0.005);
  EXPECT_GT(quantile(buckets, 0.99), 0.05);
  EXPECT_LE(quantile(buckets, 0.99), 0.1);
}

TEST_F(FigureHistoryTest, a_sound_gateway_is_good_in_all_three_answers) {
  health_.journal_replayed();
  audited({.last_success_s = now_s_ - 1});
  metrics_.transaction("2102", Outcome::kApplied, 0.004);
  metrics_.add_gauge("store_free_bytes", "Free.", [] { return 5e9; });
  look();
  EXPECT_EQ(verdict().money, Grade::kGood) << verdict().money_text;
  EXPECT_EQ(verdict().serving, Grade::kGood) << verdict().serving_text;
  EXPECT_TRUE(verdict().findings.empty()) << verdict().findings.front().text;
}

TEST_F(FigureHistoryTest, one_fen_that_vanished_stands_first) {
  health_.journal_replayed();
  audited({.imbalance_fen = 1, .last_success_s = now_s_});
  metrics_.shed(ShedCause::kGlobal);
  look();
  EXPECT_EQ(verdict().money, Grade::kBad);
  EXPECT_EQ(verdict().findings.front().alert, "GongjiLedgerImbalance");
  EXPECT_TRUE(finds("GongjiShedding"));
}

TEST_F(FigureHistoryTest, what_is_not_checked_yet_is_not_called_safe) {
  audited({.lag_records = 1000, .last_success_s = 0});
  EXPECT_NE(verdict().money, Grade::kGood);
}

TEST_F(FigureHistoryTest, each_fault_is_found_under_the_name_of_its_alert) {
  health_.journal_replayed();
  audited({.last_success_s = now_s_});
  for (int i = 0; i < 1000; ++i) metrics_.transaction("2102", Outcome::kUnknown, 3);
  metrics_.journal_commit(1, 0.7);
  metrics_.waiting_began(std::chrono::steady_clock::now() - 30s);
  metrics_.add_gauge("inflight_limit", "Most.", [] { return 10.0; });
  metrics_.inflight(9);
  metrics_.add_gauge("hot_balance_wanted", "Wanted.", [] { return 1.0; });
  look();
  for (const char* alert :
       {"GongjiAvailabilityBurnFast", "GongjiLatencyBurnFast", "GongjiJournalVerySlow",
        "GongjiMessageStuck", "GongjiInflightHigh", "GongjiHotBalancesDown"})
    EXPECT_TRUE(finds(alert)) << alert;
  health_.draining();
  EXPECT_EQ(verdict().serving, Grade::kBad);
  EXPECT_EQ(verdict().serving_text, "No: draining");
}

TEST_F(FigureHistoryTest, the_figures_are_one_document_and_name_nobody) {
  metrics_.household(HouseholdId{1'234'567});
  metrics_.refusal(Reason::kQuota);
  look();
  const std::string text = ops_figures_json(metrics_, health_, history_, 0, now_s_ * 1000);
  const auto root = boost::json::parse(text).as_object();
  for (const char* field : {"now_ms", "verdict", "now", "minute", "limits", "refusals_5min",
                            "no_family_money_5min", "hottest_households", "points"})
    EXPECT_TRUE(root.contains(field)) << field;
  EXPECT_EQ(root.at("refusals_5min").as_array().at(0).at("reason"), "E_QUOTA");
  EXPECT_EQ(root.at("hottest_households").as_array().at(0).at("household"), "…567");
  EXPECT_EQ(text.find("1234567"), std::string::npos);
}

}  // namespace
}  // namespace gongji::monitoring
