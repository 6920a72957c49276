// The switch of 2102: the same goods to the same person so soon are taken for one sale sent twice.
#include <gtest/gtest.h>

#include "tests/actors/actors_harness.hpp"

namespace gongji::actors::test {
namespace {

using namespace std::chrono_literals;

class PossibleDuplicates : public ::testing::Test {
 protected:
  PossibleDuplicates() { actors.enrol_all({employee("an", 10000), employee("bo", 10000)}); }
  static Request later(Request request, std::chrono::seconds by) {
    request.origin.received_at += by;
    return request;
  }
  ActorsHarness actors;
};

TEST_F(PossibleDuplicates, WithinTheWindowAreRefusedAndForgotten) {
  (void)actors.submit(settle_goods("an", 3000, "m1", "XA01")).applied();
  const std::size_t before = actors.records();
  for (const auto by : {0s, 1s, 60s}) {
    const Request again = later(settle_goods("an", 3000, "m2", "XA01"), by);
    EXPECT_EQ(actors.submit(again).as<NotDecided>().refusal.reason, Reason::kPossibleDuplicate);
  }
  EXPECT_EQ(actors.records(), before);
  (void)actors.submit(later(settle_goods("an", 3000, "m2", "XA01"), 61s)).applied();
  EXPECT_EQ(actors.carryover("an"), 4000);
}

TEST_F(PossibleDuplicates, AreCountedFromTheLastSale) {
  (void)actors.submit(settle_goods("an", 1000, "m1", "XA01")).applied();
  (void)actors.submit(later(settle_goods("an", 1000, "m2", "XA01"), 61s)).applied();
  EXPECT_EQ(actors.submit(later(settle_goods("an", 1000, "m3", "XA01"), 100s)).refused(),
            Reason::kPossibleDuplicate);
}

TEST_F(PossibleDuplicates, AreNeitherOtherGoodsNorOtherPeopleNorTheSameMessage) {
  const Request first = settle_goods("an", 3000, "m1", "XA01");
  const RecordPtr settled = actors.submit(first).applied();
  (void)actors.submit(settle_goods("an", 3000, "m2", "XA02")).applied();
  (void)actors.submit(settle_goods("bo", 3000, "m3", "XA01")).applied();
  const Recorded repeated = actors.submit(first).recorded();
  EXPECT_TRUE(repeated.replayed);
  EXPECT_EQ(repeated.record->sequence, settled->sequence);
}

TEST_F(PossibleDuplicates, AreNotWhatWasTakenBack) {
  const Request first = settle_goods("an", 3000, "m1", "XA01");
  (void)actors.submit(first).applied();
  (void)actors.submit(undo(first, "u1")).applied();
  const RecordPtr second = actors.submit(settle_goods("an", 3000, "m2", "XA01")).applied();
  (void)actors.submit(cancel("an", second->sequence, "c1")).applied();
  (void)actors.submit(settle_goods("an", 3000, "m3", "XA01")).applied();
  EXPECT_EQ(actors.carryover("an"), 7000);
}

TEST_F(PossibleDuplicates, OfSalesInFlightAreFoundToo) {
  constexpr int kCopies = 8;
  actors.store().hold();
  std::vector<Answer> answers;
  for (int i = 0; i < kCopies; ++i)
    answers.push_back(actors.submit(settle_goods("an", 1000, "m" + std::to_string(i), "XA01")));
  actors.store().wait_until_held();
  actors.store().release();
  int applied = 0;
  for (const Answer& answer : answers) {
    const Reply reply = answer.wait();
    applied += std::holds_alternative<Recorded>(reply) ? 1 : 0;
    if (const auto* refused = std::get_if<NotDecided>(&reply)) {
      EXPECT_EQ(refused->refusal.reason, Reason::kPossibleDuplicate);
    }
  }
  EXPECT_EQ(applied, 1);
  EXPECT_EQ(actors.carryover("an"), 9000);
}

}  // namespace
}  // namespace gongji::actors::test
