#include "loadtest/ledger.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace gongji::loadtest {
namespace {

PendingCall call(std::uint64_t number, PersonRef patient) {
  PendingCall call;
  call.number = number;
  call.patient = patient;
  return call;
}

TEST(Ledger, keeps_everything_up_to_its_limit_and_a_fair_sample_beyond) {
  Ledger ledger{{1, 0}, 100, 1};
  for (std::uint64_t number = 0; number < 10'000; ++number)
    ledger.answered(call(number, {PersonRole::kChild, 0}), "S" + std::to_string(number), Fen{1});
  EXPECT_EQ(ledger.answered_count(), 10'000u);
  ASSERT_EQ(ledger.sample().size(), 100u);
  const auto early = std::count_if(ledger.sample().begin(), ledger.sample().end(),
                                   [](const AnsweredSettlement& s) { return s.number < 5000; });
  EXPECT_GT(early, 30);
  EXPECT_LT(early, 70);
  EXPECT_EQ(ledger.paid_by_account()[0], Fen{10'000});
}

TEST(Ledger, merges_what_several_workers_saw) {
  const Population population{2, 1};
  Ledger one{population, 10, 1}, other{population, 10, 2};
  one.answered(call(1, {PersonRole::kChild, 0}), "S1", Fen{5});
  other.answered(call(2, {PersonRole::kSingle, 0}), "S2", Fen{7});
  other.unanswered(call(3, {PersonRole::kChild, 1}));
  one.merge(std::move(other));
  EXPECT_EQ(one.answered_count(), 2u);
  EXPECT_EQ(one.sample().size(), 2u);
  EXPECT_EQ(one.open().size(), 1u);
  EXPECT_EQ(one.paid_by_account(), (std::vector<Fen>{Fen{5}, Fen{0}, Fen{7}}));
}

}  // namespace
}  // namespace gongji::loadtest
