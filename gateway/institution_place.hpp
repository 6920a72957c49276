// What institution_limits.hpp keeps of one institution, and the token that one of its messages
// holds while it is inside.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

namespace gongji::gateway {

// Under the mutex of InstitutionLimits, except where a member says more.
class InstitutionPlace {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  using Clock = Moment (*)();

  // Any thread.
  [[nodiscard]] unsigned inflight() const { return inflight_.load(std::memory_order_relaxed); }
  void enter() { inflight_.fetch_add(1, std::memory_order_relaxed); }
  void leave(std::chrono::nanoseconds waited) noexcept {
    waited_ns_.fetch_add(static_cast<std::uint64_t>(waited.count()), std::memory_order_relaxed);
    left_.fetch_add(1, std::memory_order_relaxed);
    inflight_.fetch_sub(1, std::memory_order_relaxed);
  }

  // One of a bucket that fills at the rate, up to a second's worth; it is full when first seen.
  [[nodiscard]] bool spend(unsigned rate_per_s, Moment now);

  // How long its messages were inside, in the mean of those that left between the last two looks, a
  // tenth of a second apart or more.
  [[nodiscard]] std::chrono::duration<double> wait(Moment now);

 private:
  std::atomic<unsigned> inflight_{0};
  double allowance_ = 0;  // messages it may send at once
  Moment counted_at_{};

  std::atomic<std::uint64_t> left_{0};  // since the last look
  std::atomic<std::uint64_t> waited_ns_{0};
  Moment looked_at_{};
  std::chrono::duration<double> wait_{0};
};

// One message inside. Moves; gives back on destruction, on any thread.
class InstitutionToken {
 public:
  using Clock = InstitutionPlace::Clock;
  using Moment = InstitutionPlace::Moment;

  InstitutionToken() = default;
  InstitutionToken(InstitutionPlace& place, Moment now, Clock clock)
      : place_(&place), entered_at_(now), clock_(clock) {
    place.enter();
  }
  InstitutionToken(InstitutionToken&& other) noexcept
      : place_(std::exchange(other.place_, nullptr)),
        entered_at_(other.entered_at_),
        clock_(other.clock_) {}
  InstitutionToken& operator=(InstitutionToken&& other) noexcept {
    std::swap(place_, other.place_);
    std::swap(entered_at_, other.entered_at_);
    std::swap(clock_, other.clock_);
    return *this;
  }
  ~InstitutionToken() {
    if (place_ != nullptr) place_->leave(clock_() - entered_at_);
  }

 private:
  InstitutionPlace* place_ = nullptr;
  Moment entered_at_{};
  Clock clock_ = nullptr;
};

// Who did something last, and when somebody else did it before him.
class LastOfSeveral {
 public:
  using Moment = InstitutionPlace::Moment;
  static constexpr std::chrono::seconds kRemembered{1};

  void note(const InstitutionPlace& who, Moment now) {
    if (who_ != &who && who_ != nullptr) other_at_ = at_;
    who_ = &who;
    at_ = now;
  }
  // Has anybody but `who` done it within the last second?
  [[nodiscard]] bool another_than(const InstitutionPlace& who, Moment now) const {
    if (who_ != &who) return who_ != nullptr && now - at_ < kRemembered;
    return other_at_ && now - *other_at_ < kRemembered;
  }
  // Has `who`, and nobody else?
  [[nodiscard]] bool only(const InstitutionPlace& who, Moment now) const {
    return who_ == &who && now - at_ < kRemembered && !another_than(who, now);
  }

 private:
  const InstitutionPlace* who_ = nullptr;
  Moment at_{};
  std::optional<Moment> other_at_;
};

}  // namespace gongji::gateway
