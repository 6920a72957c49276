#include "loadtest/histogram.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace gongji::loadtest {
namespace {

// Across all magnitudes, not only the large ones.
rc::Gen<std::uint64_t> durations() {
  return rc::gen::map(rc::gen::pair(rc::gen::arbitrary<std::uint64_t>(), rc::gen::inRange(24, 64)),
                      [](const auto& pair) { return pair.first >> pair.second; });
}

TEST(Histogram, is_empty_at_first) {
  const Histogram histogram;
  EXPECT_EQ(histogram.count(), 0u);
  EXPECT_EQ(histogram.value_at(0.5), 0u);
  EXPECT_EQ(histogram.max(), 0u);
  EXPECT_EQ(histogram.mean(), 0);
}

TEST(Histogram, keeps_small_values_exactly) {
  for (std::uint64_t value = 0; value < 256; ++value) {
    Histogram histogram;
    histogram.record(value);
    EXPECT_EQ(histogram.value_at(0.5), value);
  }
}

RC_GTEST_PROP(Histogram, reads_a_single_value_back_within_its_bound, ()) {
  const std::uint64_t value = *durations();
  Histogram histogram;
  histogram.record(value);
  histogram.record(Histogram::kValueMax);  // so that the maximum does not hide the bucket's end
  const std::uint64_t read = histogram.value_at(0.5);
  RC_ASSERT(read >= value);
  RC_ASSERT(static_cast<double>(read - value) <=
            static_cast<double>(value) * Histogram::kRelativeError);
}

RC_GTEST_PROP(Histogram, percentiles_are_those_of_the_sorted_values_within_the_bound, ()) {
  auto values = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::uint64_t>>(durations()));
  Histogram histogram;
  for (const std::uint64_t value : values) histogram.record(value);
  std::sort(values.begin(), values.end());
  for (const double share : {0.0, 0.1, 0.5, 0.9, 0.99, 1.0}) {
    const auto rank = std::max<std::size_t>(
        1, static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size()))));
    const std::uint64_t exact = values[rank - 1];
    const std::uint64_t read = histogram.value_at(share);
    RC_ASSERT(read >= exact);
    RC_ASSERT(static_cast<double>(read) <=
              static_cast<double>(exact) * (1 + Histogram::kRelativeError));
  }
  RC_ASSERT(histogram.max() == values.back());
  RC_ASSERT(histogram.count() == values.size());
}

RC_GTEST_PROP(Histogram, merging_is_recording_together, ()) {
  const auto left = *rc::gen::container<std::vector<std::uint64_t>>(durations());
  const auto right = *rc::gen::container<std::vector<std::uint64_t>>(durations());
  Histogram one, other, together;
  for (const std::uint64_t value : left) one.record(value), together.record(value);
  for (const std::uint64_t value : right) other.record(value), together.record(value);
  one.merge(other);
  RC_ASSERT(one.count() == together.count());
  RC_ASSERT(one.max() == together.max());
  for (const double share : {0.01, 0.5, 0.999})
    RC_ASSERT(one.value_at(share) == together.value_at(share));
}

TEST(Histogram, counts_longer_than_eighteen_minutes_as_that) {
  Histogram histogram;
  histogram.record(std::uint64_t{1} << 50);
  EXPECT_EQ(histogram.max(), Histogram::kValueMax);
  EXPECT_EQ(histogram.value_at(1), Histogram::kValueMax);
}

TEST(Histogram, forgets_on_reset) {
  Histogram histogram;
  histogram.record(77);
  histogram.reset();
  EXPECT_EQ(histogram.count(), 0u);
  EXPECT_EQ(histogram.max(), 0u);
  EXPECT_EQ(histogram.value_at(1), 0u);
}

}  // namespace
}  // namespace gongji::loadtest
