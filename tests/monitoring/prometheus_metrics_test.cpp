#include "monitoring/prometheus_metrics.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <thread>

#include "tests/test_places.hpp"

namespace gongji::monitoring {
namespace {

using Outcome = TransactionOutcome;

// The value of the sample with exactly this name and these labels; −1 when it is not there.
double sample(const std::string& text, const std::string& series) {
  const std::size_t at = text.find("\n" + series + " ");
  if (at == std::string::npos) return -1;
  return std::strtod(text.c_str() + at + 1 + series.size(), nullptr);
}

std::size_t count_lines(const std::string& text) {
  std::size_t lines = 0;
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; ++at)
    if (text[at + 1] != '#' && at + 1 < text.size()) ++lines;
  return lines;
}

// Runs a command with `input` as its standard input file; gives its exit status and what it said.
std::pair<int, std::string> run(const std::string& command, const std::string& input) {
  std::string name = (std::filesystem::temp_directory_path() / "gongji-metrics-XXXXXX").string();
  const int file = mkstemp(name.data());
  std::ofstream{name} << input;
  FILE* pipe = popen((command + " < " + name + " 2>&1").c_str(), "r");
  std::string said;
  for (int c = fgetc(pipe); c != EOF; c = fgetc(pipe)) said += static_cast<char>(c);
  const int status = pclose(pipe);
  close(file);
  std::filesystem::remove(name);
  return {status, said};
}

constexpr const char* kPromtool = "/usr/bin/promtool";

void use_everything(PrometheusMetrics& metrics) {
  metrics.transaction("2102", Outcome::kApplied, 0.004);
  metrics.stage(Stage::kCommit, 0.0001);
  metrics.institution("P31010100001", Outcome::kApplied, 0.004);
  metrics.institution("", Outcome::kRefused, 0.001);
  metrics.waiting_began(std::chrono::steady_clock::now() - std::chrono::seconds{7});
  metrics.household(HouseholdId{4711});
  metrics.refusal(Reason::kQuota);
  metrics.zero_share(Reason::kFloor);
  metrics.paid(PaidFrom::kFamily, Channel::kPharmacy, Fen{12'345});
  metrics.inflight(3);
  metrics.inflight(-1);
  metrics.shed(ShedCause::kDraining);
  metrics.actors(5);
  metrics.activation();
  metrics.passivation();
  metrics.mailbox_depth(9);
  metrics.journal_commit(17, 0.002);
  metrics.journal_sequence(4711);
  metrics.journal_failure();
  metrics.ledger_imbalance(Fen{-2});
  metrics.connections(Transport::kTcp, 4);
  metrics.frame(Transport::kTcp);
  metrics.http_request(200);
}

TEST(PrometheusMetrics, every_family_exists_from_the_start) {
  const PrometheusMetrics metrics{{"0.1.0", "abc"}};
  const std::string text = metrics.text();
  for (const char* family : {"transactions_total counter",
                             "transaction_duration_seconds histogram",
                             "stage_duration_seconds histogram",
                             "refusals_total counter",
                             "zero_shares_total counter",
                             "paid_fen_total counter",
                             "inflight gauge",
                             "admission_shed_total counter",
                             "actors gauge",
                             "actor_activations_total counter",
                             "actor_passivations_total counter",
                             "mailbox_depth_max gauge",
                             "journal_sequence gauge",
                             "journal_commit_records histogram",
                             "journal_commit_seconds histogram",
                             "journal_failures_total counter",
                             "hot_balance_lag_records gauge",
                             "hot_balance_up gauge",
                             "hot_balance_rebuilds_total counter",
                             "connections gauge",
                             "frames_total counter",
                             "http_requests_total counter",
                             "ledger_imbalance_fen gauge",
                             "institution_transactions_total counter",
                             "institution_duration_seconds histogram",
                             "institution_last_message_timestamp_seconds gauge",
                             "oldest_inflight_seconds gauge",
                             "hottest_household_messages_per_second gauge",
                             "hottest_household_share_ratio gauge",
                             "audit_last_success_timestamp_seconds gauge",
                             "audit_lag_records gauge",
                             "audit_records_total counter",
                             "audit_failures_total counter",
                             "build_info gauge"})
    EXPECT_NE(text.find(std::string{"# TYPE gongji_"} + family + "\n"), std::string::npos)
        << family;
  EXPECT_EQ(sample(text, "gongji_build_info{version=\"0.1.0\",commit=\"abc\"}"), 1);
  EXPECT_EQ(sample(text, "gongji_transactions_total{infno=\"2102\",outcome=\"applied\"}"), 0);
  EXPECT_EQ(sample(text, "gongji_refusals_total{reason=\"E_QUOTA\"}"), 0);
}

TEST(PrometheusMetrics, every_method_counts_where_its_name_says) {
  PrometheusMetrics metrics{{"v", "c"}};
  use_everything(metrics);
  const std::string text = metrics.text();
  const std::pair<const char*, double> expected[] = {
      {"gongji_transactions_total{infno=\"2102\",outcome=\"applied\"}", 1},
      {"gongji_transactions_total{infno=\"2102\",outcome=\"refused\"}", 0},
      {"gongji_transaction_duration_seconds_count{infno=\"2102\"}", 1},
      {"gongji_transaction_duration_seconds_sum{infno=\"2102\"}", 0.004},
      {"gongji_stage_duration_seconds_count{stage=\"commit\"}", 1},
      {"gongji_refusals_total{reason=\"E_QUOTA\"}", 1},
      {"gongji_zero_shares_total{reason=\"E_FLOOR\"}", 1},
      {"gongji_paid_fen_total{source=\"family\",channel=\"pharmacy\"}", 12'345},
      {"gongji_inflight", 2},
      {"gongji_admission_shed_total{reason=\"draining\"}", 1},
      {"gongji_actors", 5},
      {"gongji_actor_activations_total", 1},
      {"gongji_actor_passivations_total", 1},
      {"gongji_mailbox_depth_max", 9},
      {"gongji_journal_commit_records_sum", 17},
      {"gongji_journal_commit_seconds_sum", 0.002},
      {"gongji_journal_sequence", 4711},
      {"gongji_journal_failures_total", 1},
      {"gongji_ledger_imbalance_fen", 2},
      {"gongji_institution_transactions_total{institution=\"P31010100001\",outcome=\"applied\"}",
       1},
      {"gongji_institution_transactions_total{institution=\"other\",outcome=\"refused\"}", 1},
      {"gongji_institution_duration_seconds_bucket{institution=\"P31010100001\",le=\"0.05\"}", 1},
      {"gongji_oldest_inflight_seconds", 7},
      {"gongji_hottest_household_share_ratio", 1},
      {"gongji_connections{transport=\"tcp\"}", 4},
      {"gongji_connections{transport=\"http\"}", 0},
      {"gongji_frames_total{transport=\"tcp\"}", 1},
      {"gongji_http_requests_total{code=\"200\"}", 1},
  };
  for (const auto& [series, value] : expected)
    EXPECT_DOUBLE_EQ(sample(text, series), value) << series;
}

TEST(PrometheusMetrics, an_unknown_transaction_or_status_counts_as_other) {
  PrometheusMetrics metrics{{"v", "c"}};
  for (const char* infno : {"", "9999", "2102 ", "21020", "other", "import", "22", "zzz"})
    metrics.transaction(infno, Outcome::kRefused, 0);
  for (const int status : {0, 299, 599, -1, 1'000'000}) metrics.http_request(status);
  const std::string text = metrics.text();
  EXPECT_EQ(sample(text, "gongji_transactions_total{infno=\"other\",outcome=\"refused\"}"), 8);
  EXPECT_EQ(sample(text, "gongji_http_requests_total{code=\"other\"}"), 5);
}

TEST(PrometheusMetrics, every_listed_transaction_and_status_counts_as_itself) {
  PrometheusMetrics metrics{{"v", "c"}};
  for (const std::string_view infno : kInfnos) metrics.transaction(infno, Outcome::kUnknown, 0);
  for (const int status : kStatuses) metrics.http_request(status);
  const std::string text = metrics.text();
  for (const std::string_view infno : kInfnos)
    EXPECT_EQ(sample(text, "gongji_transactions_total{infno=\"" + std::string{infno} +
                               "\",outcome=\"unknown\"}"),
              1)
        << infno;
  for (const int status : kStatuses)
    EXPECT_EQ(sample(text, "gongji_http_requests_total{code=\"" + std::to_string(status) + "\"}"),
              1);
}

TEST(PrometheusMetrics, a_value_on_an_edge_lies_in_the_bucket_of_that_edge) {
  PrometheusMetrics metrics{{"v", "c"}};
  for (const double seconds : {0.0, 0.0005, 0.000501, 0.05, 10.0, 10.001, 1e9})
    metrics.stage(Stage::kParse, seconds);
  const std::string text = metrics.text();
  const auto bucket = [&](const std::string& edge) {
    return sample(text,
                  "gongji_stage_duration_seconds_bucket{stage=\"parse\",le=\"" + edge + "\"}");
  };
  EXPECT_EQ(bucket("0.0005"), 2);
  EXPECT_EQ(bucket("0.001"), 3);
  EXPECT_EQ(bucket("0.025"), 3);
  EXPECT_EQ(bucket("0.05"), 4);
  EXPECT_EQ(bucket("2.5"), 4);
  EXPECT_EQ(bucket("10"), 5);
  EXPECT_EQ(bucket("+Inf"), 7);
  EXPECT_EQ(sample(text, "gongji_stage_duration_seconds_count{stage=\"parse\"}"), 7);
}

TEST(PrometheusMetrics, latency_histograms_have_the_promised_edges) {
  const std::string text = PrometheusMetrics{{"v", "c"}}.text();
  std::vector<double> edges;
  const std::regex line{
      "gongji_transaction_duration_seconds_bucket\\{infno=\"2207\",le=\"([0-9.e-]+)\"\\}"};
  for (std::sregex_iterator at{text.begin(), text.end(), line}, end; at != end; ++at)
    edges.push_back(std::stod((*at)[1]));
  EXPECT_EQ(edges,
            (std::vector{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1., 2.5, 10.}));
}

TEST(PrometheusMetrics, counts_of_many_threads_are_exact_also_after_they_ended) {
  PrometheusMetrics metrics{{"v", "c"}};
  constexpr int kThreads = 8;
  constexpr int kEach = 20'000;
  for (int round = 0; round < 3; ++round) {
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i)
      threads.emplace_back([&metrics] {
        for (int n = 0; n < kEach; ++n) {
          metrics.transaction("2207", Outcome::kApplied, 0.25);
          metrics.inflight(n % 2 == 0 ? 1 : -1);
          metrics.paid(PaidFrom::kCash, Channel::kHospital, Fen{3});
          if (n % 1000 != 0) continue;
          EXPECT_FALSE(metrics.text().empty());  // scraped meanwhile
        }
      });
    for (std::thread& each : threads) each.join();
  }
  const std::string text = metrics.text();
  constexpr double kTotal = 3.0 * kThreads * kEach;
  EXPECT_EQ(sample(text, "gongji_transactions_total{infno=\"2207\",outcome=\"applied\"}"), kTotal);
  EXPECT_EQ(sample(text, "gongji_transaction_duration_seconds_count{infno=\"2207\"}"), kTotal);
  EXPECT_EQ(sample(text, "gongji_transaction_duration_seconds_sum{infno=\"2207\"}"), kTotal / 4);
  EXPECT_EQ(sample(text, "gongji_paid_fen_total{source=\"cash\",channel=\"hospital\"}"),
            3 * kTotal);
  EXPECT_EQ(sample(text, "gongji_inflight"), 0);
}

TEST(PrometheusMetrics, up_on_one_thread_and_down_on_another_cancel_out) {
  PrometheusMetrics metrics{{"v", "c"}};
  metrics.connections(Transport::kHttp, 10);
  std::thread{[&] { metrics.connections(Transport::kHttp, -7); }}.join();
  EXPECT_EQ(sample(metrics.text(), "gongji_connections{transport=\"http\"}"), 3);
}

TEST(PrometheusMetrics, two_instances_do_not_mix) {
  PrometheusMetrics one{{"v", "c"}};
  PrometheusMetrics other{{"v", "c"}};
  one.activation();
  other.activation();
  one.activation();
  EXPECT_EQ(sample(one.text(), "gongji_actor_activations_total"), 2);
  EXPECT_EQ(sample(other.text(), "gongji_actor_activations_total"), 1);
}

TEST(PrometheusMetrics, a_thread_may_outlive_the_metrics) {
  auto metrics = std::make_unique<PrometheusMetrics>(BuildInfo{"v", "c"});
  std::atomic<int> step{0};
  std::thread counter{[&] {
    metrics->activation();
    step = 1;
    while (step != 2) std::this_thread::yield();
  }};
  while (step != 1) std::this_thread::yield();
  metrics.reset();
  step = 2;
  counter.join();
}

TEST(PrometheusMetrics, the_deepest_mailbox_is_told_once) {
  PrometheusMetrics metrics{{"v", "c"}};
  metrics.mailbox_depth(4);
  std::thread{[&] { metrics.mailbox_depth(11); }}.join();
  metrics.mailbox_depth(2);
  EXPECT_EQ(sample(metrics.text(), "gongji_mailbox_depth_max"), 11);
  EXPECT_EQ(sample(metrics.text(), "gongji_mailbox_depth_max"), 0);
  metrics.mailbox_depth(1);
  EXPECT_EQ(sample(metrics.text(), "gongji_mailbox_depth_max"), 1);
}

TEST(PrometheusMetrics, a_counter_of_money_never_goes_down) {
  PrometheusMetrics metrics{{"v", "c"}};
  metrics.paid(PaidFrom::kOwn, Channel::kPharmacy, Fen{5});
  metrics.paid(PaidFrom::kOwn, Channel::kPharmacy, Fen{-5});
  EXPECT_EQ(sample(metrics.text(), "gongji_paid_fen_total{source=\"own\",channel=\"pharmacy\"}"),
            5);
}

TEST(PrometheusMetrics, watched_numbers_are_asked_at_every_scrape) {
  PrometheusMetrics metrics{{"v", "c"}};
  double free_bytes = 5;
  metrics.add_gauge("store_free_bytes", "Free disk.", [&] { return free_bytes; });
  metrics.add_counter("hot_balance_rebuilds_total", "Times Redis was filled anew.",
                      [] { return 2.0; });
  EXPECT_EQ(sample(metrics.text(), "gongji_store_free_bytes"), 5);
  free_bytes = 6;
  EXPECT_EQ(sample(metrics.text(), "gongji_store_free_bytes"), 6);
  EXPECT_EQ(sample(metrics.text(), "gongji_hot_balance_rebuilds_total"), 2);
  const std::string text = metrics.text();
  EXPECT_EQ(text.find("# TYPE gongji_hot_balance_rebuilds_total"),
            text.rfind("# TYPE gongji_hot_balance_rebuilds_total"))
      << "a new source takes the place of the old one";
}

TEST(PrometheusMetrics, imbalances_add_up_whatever_their_sign_and_stay) {
  PrometheusMetrics metrics{{"v", "c"}};
  metrics.ledger_imbalance(Fen{5});
  metrics.ledger_imbalance(Fen{0});
  std::thread{[&] { metrics.ledger_imbalance(Fen{-5}); }}.join();
  EXPECT_EQ(sample(metrics.text(), "gongji_ledger_imbalance_fen"), 10);
  metrics.set_ledger([] { return LedgerFigures{.imbalance_fen = 7, .last_success_s = 12}; });
  EXPECT_EQ(sample(metrics.text(), "gongji_ledger_imbalance_fen"), 17);
  EXPECT_EQ(sample(metrics.text(), "gongji_audit_last_success_timestamp_seconds"), 12);
}

TEST(PrometheusMetrics, numbers_with_a_label_are_one_family) {
  PrometheusMetrics metrics{{"v", "c"}};
  metrics.add_gauges("obstacle", "1 for what keeps /readyz red.", "obstacle", [] {
    return std::vector<WatchedNumbers::Value>{{"draining", 1}, {"journal failed", 0}};
  });
  EXPECT_EQ(sample(metrics.text(), "gongji_obstacle{obstacle=\"draining\"}"), 1);
  EXPECT_EQ(sample(metrics.text(), "gongji_obstacle{obstacle=\"journal failed\"}"), 0);
}

TEST(PrometheusMetrics, the_number_of_series_is_bounded_whatever_is_counted) {
  PrometheusMetrics metrics{{"v", "c"}};
  const std::size_t at_start = count_lines(metrics.text());
  metrics.know_institutions({"P1", "P2"});
  for (int i = 0; i < 10'000; ++i) {
    metrics.transaction(std::to_string(i), Outcome::kApplied, i);
    metrics.institution("P" + std::to_string(i), Outcome::kApplied, i);
    metrics.household(HouseholdId{static_cast<std::uint64_t>(i)});
    metrics.http_request(i);
  }
  for (int reason = 1; reason <= kReasonLast; ++reason)
    metrics.refusal(static_cast<Reason>(reason));
  use_everything(metrics);
  const std::size_t of_one_institution = kOutcomes.size() + kInstitutionEdges.size() + 3 + 1;
  EXPECT_EQ(count_lines(metrics.text()), at_start + kInstitutionsShown * of_one_institution);
  EXPECT_EQ(count_lines(metrics.text()), count_lines(metrics.text()));
  EXPECT_LE(count_lines(metrics.text()), 1'900U) << "what app/ watches needs some room as well";
  EXPECT_GT(at_start, 500U) << "counting the lines is broken";
}

TEST(PrometheusMetrics, promtool_finds_nothing_to_complain_about) {
  ASSERT_TRUE(std::filesystem::exists(kPromtool)) << "promtool (package prometheus) is missing";
  PrometheusMetrics metrics{{"0.1.0", "abc"}};
  use_everything(metrics);
  metrics.add_gauge("store_free_bytes", "Free disk.", [] { return 1e12; });
  const auto [status, said] = run(std::string{kPromtool} + " check metrics", metrics.text());
  EXPECT_EQ(status, 0) << said;
  EXPECT_EQ(said, "");
  const auto [bad_status, bad_said] =
      run(std::string{kPromtool} + " check metrics", "# TYPE x counter\nx 1\n");
  EXPECT_NE(bad_status, 0) << "the check itself must be able to fail";
}

TEST(PrometheusMetrics, promtool_accepts_the_shipped_scrape_configuration) {
  ASSERT_TRUE(std::filesystem::exists(kPromtool)) << "promtool (package prometheus) is missing";
  const auto [status, said] = run(
      std::string{kPromtool} + " check config " GONGJI_SOURCE_DIR "/monitoring/prometheus.yml", "");
  EXPECT_EQ(status, 0) << said;
}

}  // namespace
}  // namespace gongji::monitoring
