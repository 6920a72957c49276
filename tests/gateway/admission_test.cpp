#include "gateway/admission.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <thread>
#include <vector>

#include "tests/gateway/test_gateway.hpp"

namespace gongji::gateway {
namespace {

struct AdmissionTest : ::testing::Test {
  testing::CountingMetrics metrics;
  Admission admission{2, metrics, 1};
};

TEST_F(AdmissionTest, LetsInUpToTheLimitAndAgainWhenATokenIsGivenBack) {
  auto first = admission.try_enter();
  auto second = admission.try_enter();
  ASSERT_TRUE(first && second);
  const auto third = admission.try_enter();
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error(), ShedCause::kGlobal);
  EXPECT_EQ(admission.inflight(), 2U);
  EXPECT_EQ(metrics.in_flight, 2);
  EXPECT_EQ(metrics.refused, 1);
  { const AdmissionToken gone = std::move(first).value(); }
  EXPECT_EQ(admission.inflight(), 1U);
  EXPECT_TRUE(admission.try_enter().ok());
}

TEST_F(AdmissionTest, AbsorbedTokensAreGivenBackTogether) {
  AdmissionToken batch;
  batch.absorb(admission.try_enter().value());
  batch.absorb(admission.try_enter().value());
  EXPECT_EQ(admission.inflight(), 2U);
  AdmissionToken moved = std::move(batch);
  batch.release();
  EXPECT_EQ(admission.inflight(), 2U);
  moved.release();
  moved.release();
  EXPECT_EQ(admission.inflight(), 0U);
  EXPECT_EQ(metrics.in_flight, 0);
}

TEST_F(AdmissionTest, DrainingRefusesEverybody) {
  admission.begin_drain();
  const auto late = admission.try_enter();
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error(), ShedCause::kDraining);
}

TEST_F(AdmissionTest, UploadsAreFew) {
  std::optional<UploadPermit> first(std::in_place);
  UploadPermit second;
  EXPECT_TRUE(first->acquire(admission));
  EXPECT_TRUE(first->acquire(admission));
  EXPECT_FALSE(second.acquire(admission));
  first.reset();
  EXPECT_TRUE(second.acquire(admission));
}

TEST_F(AdmissionTest, NeverLetsInMoreThanTheLimitFromManyThreads) {
  std::atomic<bool> too_many{false};
  std::vector<std::thread> threads;
  std::atomic<int> inside{0};
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int turn = 0; turn < 5000; ++turn) {
        auto token = admission.try_enter();
        if (!token) continue;
        if (++inside > 2) too_many = true;
        --inside;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_FALSE(too_many);
  EXPECT_EQ(admission.inflight(), 0U);
}

TEST(SessionGate, CountsBoundsAndTellsWhenAllHaveLeft) {
  SessionGate gate(1);
  EXPECT_TRUE(gate.try_enter());
  EXPECT_FALSE(gate.try_enter());
  gate.close();
  EXPECT_FALSE(gate.wait_drained(std::chrono::milliseconds(1)));
  gate.leave();
  EXPECT_TRUE(gate.wait_drained(std::chrono::milliseconds(1)));
  EXPECT_FALSE(gate.try_enter());
}

}  // namespace
}  // namespace gongji::gateway
