#include "app/gongjid/watched_figures.hpp"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <map>
#include <string>
#include <system_error>
#include <utility>

namespace gongji::app {
namespace {

using monitoring::PrometheusMetrics;
using Values = std::vector<monitoring::WatchedNumbers::Value>;

void constant(PrometheusMetrics& metrics, const char* name, const char* help, double value) {
  metrics.add_gauge(name, help, [value] { return value; });
}

// The end of the unbroken time from `today` on for which the family has a profile; Unix time,
// infinite when the last one is open.
double covered_until(const ProfileBook& book, const std::string& family, CivilDate today) {
  std::chrono::sys_days day{today};
  for (;;) {
    const Profile& profile = book.of_family(family, CivilDate{day});
    if (profile.family != family) break;
    if (!profile.valid.to) return std::numeric_limits<double>::infinity();
    day = std::chrono::sys_days{*profile.valid.to} + std::chrono::days{1};
  }
  const std::chrono::duration<double> end = start_of(CivilDate{day}).time_since_epoch();
  return end.count();
}

Values profile_ends(const ProfileBook& book, CivilDate today) {
  std::map<std::string, double> ends;
  for (const Profile& profile : book.all())
    if (!profile.family.empty())
      ends.emplace(profile.family, covered_until(book, profile.family, today));
  Values values;
  for (const auto& [family, end] : ends) values.push_back({family, end});
  return values;
}

// Before the store is made, of the folder it will be made in.
double free_bytes(std::filesystem::path folder) {
  std::error_code failure;
  while (!std::filesystem::exists(folder, failure) && folder.has_relative_path())
    folder = folder.parent_path();
  const auto space = std::filesystem::space(folder, failure);
  return failure ? 0 : static_cast<double>(space.available);
}

}  // namespace

void watch_settings(PrometheusMetrics& metrics, const config::Settings& settings,
                    const monitoring::Health& health) {
  constant(metrics, "household_inflight_limit", "Most messages queued before one household.",
           settings.actors.household_inflight_max);
  constant(metrics, "connections_limit", "Most open connections.",
           static_cast<double>(settings.gateway.connections_max));
  constant(metrics, "actors_limit", "Most households kept in memory.",
           static_cast<double>(settings.actors.active_max));
  constant(metrics, "store_free_bytes_min", "Free disk below which new work is refused.",
           static_cast<double>(settings.store_free_bytes_min));
  constant(metrics, "hot_balance_wanted", "1 when hot balances are configured (redis.url).",
           settings.redis_url.empty() ? 0 : 1);
  metrics.add_gauge("ready", "1 while /readyz is green.",
                    [&health] { return health.ready() ? 1.0 : 0.0; });
  metrics.add_gauges("obstacle", "1 for what keeps /readyz red.", "obstacle", [&health] {
    Values values;
    for (std::uint8_t i = 0; i < monitoring::kObstacleCount; ++i) {
      const auto obstacle = static_cast<monitoring::Obstacle>(i);
      values.push_back({std::string{to_text(obstacle)}, health.has(obstacle) ? 1.0 : 0.0});
    }
    return values;
  });
  metrics.add_gauge(
      "store_free_bytes", "Free disk where the journal lies.",
      [folder = std::filesystem::absolute(settings.store.data_dir)] { return free_bytes(folder); });
}

void watch_policy(PrometheusMetrics& metrics, const config::PolicyHolder& policies) {
  know_institutions(metrics, *policies.current());
  metrics.add_gauges(
      "policy_expiry_timestamp_seconds",
      "Until when a family of policy profiles is complete, Unix time.", "family", [&policies] {
        const auto now =
            std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
        return profile_ends(policies.current()->profiles, civil_date(now));
      });
}

void watch_certificate(PrometheusMetrics& metrics,
                       std::shared_ptr<const gateway::tls::TlsSource> tls) {
  metrics.add_gauges("tls_certificate_expiry_timestamp_seconds",
                     "When the gateway's own certificate ends, Unix time; infinite without one.",
                     "certificate", [tls = std::move(tls)] {
                       if (tls == nullptr)
                         return Values{{"server", std::numeric_limits<double>::infinity()}};
                       const auto end = tls->current()->not_after().time_since_epoch();
                       return Values{{"server", static_cast<double>(end.count())}};
                     });
}

void watch_store(PrometheusMetrics& metrics, const stores::RocksStore& store) {
  metrics.add_gauges("store_bytes", "Size of the store, by part.", "part", [&store] {
    const stores::StoreSizes sizes = store.sizes();
    return Values{{"journal_files", static_cast<double>(sizes.journal_files)},
                  {"index_files", static_cast<double>(sizes.index_files)},
                  {"write_buffers", static_cast<double>(sizes.write_buffers)},
                  {"block_cache", static_cast<double>(sizes.block_cache)}};
  });
}

void watch_desk(PrometheusMetrics& metrics, const gateway::reconciliation::Desk& desk,
                const FileShelf& files) {
  using Figures = gateway::reconciliation::DeskFigures;
  const auto counter = [&](const char* name, const char* help, auto Figures::*member) {
    metrics.add_counter(name, help,
                        [&desk, member] { return static_cast<double>(desk.figures().*member); });
  };
  counter("reconciliation_totals_total", "Totals added up for an institution (3201).",
          &Figures::totals);
  counter("reconciliation_comparisons_total", "Detail files compared to the end (3202).",
          &Figures::comparisons);
  counter("reconciliation_comparison_seconds_total", "Time spent on those comparisons.",
          &Figures::comparison_seconds);
  metrics.add_counters(
      "reconciliation_differences_total", "Differences they found.", "kind", [&desk] {
        const auto found = desk.figures().differences;
        return Values{{"centre_more", static_cast<double>(found.centre_more)},
                      {"institution_more", static_cast<double>(found.institution_more)},
                      {"amounts", static_cast<double>(found.amounts_differ)},
                      {"fields", static_cast<double>(found.fields_differ)}};
      });
  metrics.add_gauge("reconciliation_files", "Uploaded and result files that are kept.",
                    [&files] { return static_cast<double>(files.figures().files); });
  metrics.add_gauge("reconciliation_file_bytes", "Bytes of those files.",
                    [&files] { return static_cast<double>(files.figures().bytes); });
}

void know_institutions(PrometheusMetrics& metrics, const Policy& policy) {
  std::vector<std::string> codes;
  for (const auto& [code, institution] : policy.institutions.all()) codes.push_back(code);
  std::sort(codes.begin(), codes.end());
  metrics.know_institutions(codes);
}

}  // namespace gongji::app
