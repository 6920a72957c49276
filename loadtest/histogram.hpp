// A log-linear histogram of durations: every power of two is divided into 128 equal steps, so a
// value read back is never below the recorded one and at most 1/128 (0.8 %) above it, from
// nanoseconds to eighteen minutes, in 36 KiB. Recording costs a few nanoseconds. One thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace gongji::loadtest {

class Histogram {
 public:
  static constexpr unsigned kStepBits = 7;
  static constexpr double kRelativeError = 1.0 / (1u << kStepBits);
  static constexpr std::uint64_t kValueMax =
      (std::uint64_t{1} << 40) - 1;  // larger ones count as this

  void record(std::uint64_t nanoseconds);
  void merge(const Histogram& other);
  void reset();

  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] std::uint64_t max() const { return max_; }  // exact
  [[nodiscard]] double mean() const;                        // exact
  // The smallest bucket end that at least `share` (0 to 1) of the values do not exceed; 0 when
  // empty.
  [[nodiscard]] std::uint64_t value_at(double share) const;

 private:
  static constexpr std::size_t kBuckets = (40 - kStepBits + 1) << kStepBits;
  static std::size_t bucket_of(std::uint64_t value);
  static std::uint64_t end_of(std::size_t bucket);

  std::array<std::uint64_t, kBuckets> counts_{};
  std::uint64_t count_ = 0;
  std::uint64_t max_ = 0;
  double sum_ = 0;
};

}  // namespace gongji::loadtest
