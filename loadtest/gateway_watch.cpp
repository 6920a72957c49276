#include "loadtest/gateway_watch.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "loadtest/client/blocking_http.hpp"

namespace gongji::loadtest {
namespace {

struct Totals {
  double commits = 0, records = 0, processor_us = 0, hot_lag_records = 0;
};

std::optional<Totals> read_totals(BlockingHttp& http) {
  const auto reply = http.get("/metrics");
  if (!reply || reply->status != 200) return std::nullopt;
  const std::string_view text = reply->body;
  return Totals{.commits = metric_in(text, "gongji_journal_commit_records_count"),
                .records = metric_in(text, "gongji_journal_commit_records_sum"),
                .processor_us = metric_in(text, "process_cpu_seconds_total") * 1e6,
                .hot_lag_records = metric_in(text, "gongji_hot_balance_lag_records")};
}

}  // namespace

double metric_in(std::string_view text, std::string_view name) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    if (line.size() > name.size() && line.starts_with(name) && line[name.size()] == ' ') {
      double value = 0;
      std::from_chars(line.data() + name.size() + 1, line.data() + line.size(), value);
      return value;
    }
    at = end + 1;
  }
  return 0;
}

GatewayWatch::GatewayWatch(Address ops, std::chrono::seconds warmup_s)
    : ops_(std::move(ops)), warmup_s_(warmup_s), thread_([this] { watch(); }) {}

GatewayWatch::~GatewayWatch() { stop(); }

std::vector<WatchedSecond> GatewayWatch::stop() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  stopped_.notify_one();
  if (thread_.joinable()) thread_.join();
  return std::exchange(seen_, {});
}

void GatewayWatch::watch() {
  BlockingHttp http{ops_, std::chrono::seconds{5}};
  const auto start = std::chrono::steady_clock::now();
  std::optional<Totals> before = read_totals(http);
  std::unique_lock lock{mutex_};
  for (std::chrono::seconds second{0};; ++second) {
    const auto end = start + second + std::chrono::seconds{1};
    if (stopped_.wait_until(lock, end, [this] { return stopping_; })) return;
    lock.unlock();
    const std::optional<Totals> now = read_totals(http);
    lock.lock();
    if (before && now && second >= warmup_s_)
      seen_.push_back({.second = static_cast<std::uint64_t>((second - warmup_s_).count()),
                       .commits = now->commits - before->commits,
                       .records = now->records - before->records,
                       .processor_us = now->processor_us - before->processor_us,
                       .hot_lag_records = now->hot_lag_records});
    before = now;
  }
}

}  // namespace gongji::loadtest
