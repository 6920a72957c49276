#include "gateway/admission.hpp"

namespace gongji::gateway {
namespace {

constexpr std::chrono::milliseconds kWindow{100};

}  // namespace

void Admission::look(std::chrono::steady_clock::time_point now) {
  const std::unique_lock lock{mutex_, std::try_to_lock};
  if (!lock || now - looked_at_ < kWindow) return;
  const std::chrono::duration<double> passed = now - std::exchange(looked_at_, now);
  const auto left = static_cast<double>(left_.exchange(0, std::memory_order_relaxed));
  const auto inside_sum = static_cast<double>(inside_sum_.exchange(0, std::memory_order_relaxed));
  const bool was_full = was_full_.exchange(false, std::memory_order_relaxed);
  const double inside_mean = left > 0 ? inside_sum / left : 0;
  limit_.store(adaptive_.after({passed.count(), left, inside_mean, was_full}),
               std::memory_order_relaxed);
}

}  // namespace gongji::gateway
