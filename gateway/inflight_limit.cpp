#include "gateway/inflight_limit.hpp"

#include <algorithm>

namespace gongji::gateway {
namespace {

constexpr double kInflightMin = 64;  // one connection's worth
constexpr double kSteepest = 0.5;    // a limit is lowered by this factor at most,
constexpr double kGentlest = 0.8;    // and by this at least: less could not be told from noise
constexpr double kRise = 1.25;
constexpr int kTrialWindows = 2;  // the first still answers what was let in before
constexpr int kRestWindows = 20;

}  // namespace

InflightLimit::InflightLimit(unsigned inflight_max, std::chrono::milliseconds wait_max)
    : inflight_max_(inflight_max),
      wait_max_s_(std::chrono::duration<double>(wait_max).count()),
      limit_(inflight_max) {}

unsigned InflightLimit::limit() const { return static_cast<unsigned>(limit_); }

unsigned InflightLimit::after(const Window& window) {
  if (wait_max_s_ == 0 || window.left == 0) return limit();  // stands still: nothing to learn
  const double left_per_s = window.left / window.seconds;
  const double wait_s = window.inside_mean / left_per_s;
  if (trial_windows_ > 0) {
    judge_trial(left_per_s);
  } else if (!window.was_full || wait_s <= wait_max_s_) {
    raise();
  } else if (rest_windows_ > 0) {
    --rest_windows_;
  } else {
    lower(std::clamp(wait_max_s_ / wait_s, kSteepest, kGentlest), left_per_s);
  }
  return limit();
}

void InflightLimit::raise() { limit_ = std::min(inflight_max_, limit_ * kRise); }

void InflightLimit::lower(double factor, double left_per_s) {
  limit_before_ = limit_;
  limit_ = std::min(inflight_max_, std::max(kInflightMin, limit_ * factor));
  left_per_s_wanted_ = left_per_s * (1 + limit_ / limit_before_) / 2;
  trial_windows_ = kTrialWindows;
}

void InflightLimit::judge_trial(double left_per_s) {
  if (--trial_windows_ > 0 || left_per_s >= left_per_s_wanted_) return;
  limit_ = limit_before_;
  rest_windows_ = kRestWindows;
}

}  // namespace gongji::gateway
