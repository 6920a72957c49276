#include "loadtest/histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace gongji::loadtest {

// Values below 2^8 have a bucket each. Above, the seven bits after the leading one choose the step:
//   value 1011 0110 1xxx… -> shift by the rest, bucket = (shift << 7) + the leading eight bits.
std::size_t Histogram::bucket_of(std::uint64_t value) {
  const auto width = static_cast<unsigned>(std::bit_width(value));
  const unsigned shift = width > kStepBits + 1 ? width - (kStepBits + 1) : 0;
  return (static_cast<std::size_t>(shift) << kStepBits) + static_cast<std::size_t>(value >> shift);
}

std::uint64_t Histogram::end_of(std::size_t bucket) {
  constexpr std::size_t kSteps = std::size_t{1} << kStepBits;
  const std::size_t shift = bucket < 2 * kSteps ? 0 : (bucket >> kStepBits) - 1;
  const std::uint64_t leading = bucket - (shift << kStepBits);
  return ((leading + 1) << shift) - 1;
}

void Histogram::record(std::uint64_t nanoseconds) {
  const std::uint64_t value = std::min(nanoseconds, kValueMax);
  ++counts_[bucket_of(value)];
  ++count_;
  max_ = std::max(max_, value);
  sum_ += static_cast<double>(value);
}

void Histogram::merge(const Histogram& other) {
  if (other.count_ == 0) return;
  for (std::size_t i = 0; i < kBuckets; ++i) counts_[i] += other.counts_[i];
  count_ += other.count_;
  max_ = std::max(max_, other.max_);
  sum_ += other.sum_;
}

void Histogram::reset() {
  if (count_ != 0) *this = Histogram{};
}

double Histogram::mean() const { return count_ == 0 ? 0 : sum_ / static_cast<double>(count_); }

std::uint64_t Histogram::value_at(double share) const {
  if (count_ == 0) return 0;
  const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
  const std::uint64_t rank = std::clamp<std::uint64_t>(wanted, 1, count_);
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < kBuckets; ++i) {
    seen += counts_[i];
    if (seen >= rank) return std::min(end_of(i), max_);
  }
  return max_;
}

}  // namespace gongji::loadtest
