#include "gateway/institution_place.hpp"

#include <algorithm>

namespace gongji::gateway {
namespace {

constexpr std::chrono::milliseconds kWindow{100};

}  // namespace

bool InstitutionPlace::spend(unsigned rate_per_s, Moment now) {
  const double full = rate_per_s;
  const std::chrono::duration<double> passed = now - counted_at_;
  if (passed.count() > 0) {
    allowance_ = std::min(full, allowance_ + passed.count() * full);
    counted_at_ = now;
  }
  if (allowance_ < 1) return false;
  allowance_ -= 1;
  return true;
}

std::chrono::duration<double> InstitutionPlace::wait(Moment now) {
  if (now - looked_at_ < kWindow) return wait_;
  looked_at_ = now;
  const auto left = left_.exchange(0, std::memory_order_relaxed);
  const auto waited_ns = waited_ns_.exchange(0, std::memory_order_relaxed);
  if (left != 0) wait_ = std::chrono::nanoseconds{waited_ns / left};
  return wait_;
}

}  // namespace gongji::gateway
