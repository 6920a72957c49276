#include "loadtest/schedule.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gongji::loadtest {
namespace {

constexpr Nanoseconds kForever{std::numeric_limits<std::int64_t>::max()};
Nanoseconds end_of(const ScheduleOptions& options) {
  return options.duration.count() > 0 ? options.duration : kForever;
}
std::uint64_t count_of(const ScheduleOptions& options) {
  return options.count > 0 ? options.count : std::numeric_limits<std::uint64_t>::max();
}

class ClosedLoop final : public Schedule {
 public:
  explicit ClosedLoop(const ScheduleOptions& options)
      : end_(end_of(options)), left_(count_of(options)) {}

  std::optional<Nanoseconds> take(Nanoseconds now) override {
    if (finished(now)) return std::nullopt;
    --left_;
    return now;
  }
  std::optional<Nanoseconds> next_due() const override { return std::nullopt; }
  bool finished(Nanoseconds now) const override { return now >= end_ || left_ == 0; }

 private:
  Nanoseconds end_;
  std::uint64_t left_;
};

class OpenLoop final : public Schedule {
 public:
  explicit OpenLoop(const ScheduleOptions& options)
      : options_(options), end_(end_of(options)), left_(count_of(options)), random_(options.seed) {
    advance();
  }

  std::optional<Nanoseconds> take(Nanoseconds now) override {
    if (all_taken() || due_ > now) return std::nullopt;
    const Nanoseconds taken = due_;
    --left_;
    advance();
    return taken;
  }
  std::optional<Nanoseconds> next_due() const override {
    if (all_taken()) return std::nullopt;
    return due_;
  }
  bool finished(Nanoseconds) const override { return all_taken(); }

 private:
  [[nodiscard]] bool all_taken() const { return left_ == 0 || due_ >= end_; }

  // Kept in floating point: at 1e5 messages a second whole nanoseconds would drift.
  void advance() {
    const double gap = options_.arrivals == Arrivals::kPoisson ? random_.exponential() : 1;
    due_seconds_ += gap / rate_at(due_seconds_);
    due_ = Nanoseconds{static_cast<std::int64_t>(due_seconds_ * 1e9)};
  }

  [[nodiscard]] double rate_at(double seconds) const {
    if (options_.shape == Shape::kLevel) return options_.rate;
    constexpr double kLowShare = 0.1;
    const double part = seconds / (static_cast<double>(options_.duration.count()) / 1e9);
    const double from_peak = options_.shape == Shape::kPeak
                                 ? std::abs(part - 0.5) * 2  // 0 at half time, 1 at the ends
                                 : 1 - part;                 // 0 at the end
    return options_.rate * std::max(1 - (1 - kLowShare) * from_peak, kLowShare);
  }

  ScheduleOptions options_;
  Nanoseconds end_;
  std::uint64_t left_;
  Random random_;
  double due_seconds_ = 0;
  Nanoseconds due_{0};
};

}  // namespace

std::unique_ptr<Schedule> make_schedule(const ScheduleOptions& options) {
  if (options.rate > 0) return std::make_unique<OpenLoop>(options);
  return std::make_unique<ClosedLoop>(options);
}

ScheduleOptions schedule_share(const LoadOptions& options, unsigned index) {
  ScheduleOptions share;
  share.duration = options.duration_s;
  // Never 0, which would mean "no limit": complete_options() sees to count >= threads.
  share.count = options.count / options.threads + (index < options.count % options.threads ? 1 : 0);
  share.rate = options.rate / options.threads;
  if (options.profile == ProfileName::kPharmacyPeak) share.shape = Shape::kPeak;
  if (options.profile == ProfileName::kDeadlineDay) share.shape = Shape::kClimb;
  share.arrivals = options.arrivals;
  share.seed = options.seed * 1000 + index;
  return share;
}

}  // namespace gongji::loadtest
