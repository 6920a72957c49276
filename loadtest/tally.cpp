#include "loadtest/tally.hpp"

namespace gongji::loadtest {

void Counts::add(AnswerClass answer) {
  switch (answer) {
    case AnswerClass::kApplied: ++applied; break;
    case AnswerClass::kRefused: ++refused; break;
    case AnswerClass::kBusy: ++busy; break;
    case AnswerClass::kUnknown: ++unknown; break;
  }
}

void Counts::add(const Counts& other) {
  applied += other.applied;
  refused += other.refused;
  busy += other.busy;
  unknown += other.unknown;
}

void Slice::add(const Slice& other) {
  for (std::size_t i = 0; i < kLoadKinds; ++i) {
    kinds[i].counts.add(other.kinds[i].counts);
    kinds[i].latency.merge(other.kinds[i].latency);
  }
  busy_latency.merge(other.busy_latency);
  lateness.merge(other.lateness);
  since_sent.merge(other.since_sent);
  calm_latency.merge(other.calm_latency);
  bytes_sent += other.bytes_sent;
  bytes_received += other.bytes_received;
  for (const auto& [code, count] : other.codes) codes[code] += count;
}

void Slice::reset(std::uint64_t new_second) {
  second = new_second;
  for (KindTally& kind : kinds) {
    kind.counts = {};
    kind.latency.reset();
  }
  busy_latency.reset();
  lateness.reset();
  since_sent.reset();
  calm_latency.reset();
  bytes_sent = bytes_received = 0;
  codes.clear();
}

Recorder::Recorder(unsigned workers, std::uint64_t warmup_seconds)
    : workers_(workers), warmup_seconds_(warmup_seconds) {}

void Recorder::deliver(const Slice& slice) {
  const std::lock_guard lock{mutex_};
  Open& open = open_[slice.second];
  open.slice.second = slice.second;
  open.slice.add(slice);
  if (++open.delivered < workers_) return;
  summarise(open.slice);
  open_.erase(slice.second);
}

void Recorder::close() {
  const std::lock_guard lock{mutex_};
  for (const auto& [second, open] : open_) summarise(open.slice);
  open_.clear();
}

void Recorder::summarise(const Slice& slice) {
  SecondSummary summary;
  Histogram all;
  for (const KindTally& kind : slice.kinds) {
    summary.counts.add(kind.counts);
    all.merge(kind.latency);
  }
  summary.second = slice.second;
  summary.settled = slice.kinds[static_cast<std::size_t>(CallKind::kSettle)].counts.applied;
  summary.p50 = all.value_at(0.5);
  summary.p90 = all.value_at(0.9);
  summary.p99 = all.value_at(0.99);
  summary.max = all.max();
  seconds_.push_back(summary);
  if (slice.second >= warmup_seconds_) total_.add(slice);
}

std::vector<SecondSummary> Recorder::seconds() const {
  const std::lock_guard lock{mutex_};
  return seconds_;
}
Slice Recorder::total() const {
  const std::lock_guard lock{mutex_};
  return total_;
}
SecondSummary Recorder::last() const {
  const std::lock_guard lock{mutex_};
  return seconds_.empty() ? SecondSummary{} : seconds_.back();
}

}  // namespace gongji::loadtest
