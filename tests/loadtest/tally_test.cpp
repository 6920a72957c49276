#include "loadtest/tally.hpp"

#include <gtest/gtest.h>

namespace gongji::loadtest {
namespace {

Slice slice_of(std::uint64_t second, std::uint64_t settled) {
  Slice slice;
  slice.second = second;
  for (std::uint64_t i = 0; i < settled; ++i) {
    slice.kinds[0].counts.add(AnswerClass::kApplied);
    slice.kinds[0].latency.record(1000);
  }
  return slice;
}

TEST(Recorder, adds_the_workers_up_second_by_second) {
  Recorder recorder{2, 0};
  recorder.deliver(slice_of(0, 3));
  EXPECT_TRUE(recorder.seconds().empty());  // the other worker is still in it
  recorder.deliver(slice_of(1, 5));
  recorder.deliver(slice_of(0, 4));
  ASSERT_EQ(recorder.seconds().size(), 1u);
  EXPECT_EQ(recorder.seconds()[0].settled, 7u);
  EXPECT_EQ(recorder.last().settled, 7u);
  recorder.close();
  ASSERT_EQ(recorder.seconds().size(), 2u);
  EXPECT_EQ(recorder.seconds()[1].settled, 5u);
  EXPECT_EQ(recorder.total().kinds[0].counts.applied, 12u);
}

TEST(Recorder, leaves_the_warm_up_out_of_the_total_only) {
  Recorder recorder{1, 1};
  recorder.deliver(slice_of(0, 10));
  recorder.deliver(slice_of(1, 5));
  EXPECT_EQ(recorder.seconds().size(), 2u);
  EXPECT_EQ(recorder.total().kinds[0].counts.applied, 5u);
  EXPECT_EQ(recorder.total().kinds[0].latency.count(), 5u);
}

}  // namespace
}  // namespace gongji::loadtest
