// 5203: a settlement as it stands, for the institution whose it is.
#include <gtest/gtest.h>

#include "tests/actors/actors_harness.hpp"

namespace gongji::actors::test {
namespace {

class SettlementQueries : public ::testing::Test {
 protected:
  SettlementQueries() {
    actors.enrol_all({employee("an", 10000), employee("bo", 100)});
    settled = actors.submit(sale).applied();
  }
  MessageFound ask(Sequence sequence) {
    return actors.submit(settlement_query("an", sequence)).as<MessageFound>();
  }
  ActorsHarness actors;
  const Request sale = settle("an", 3000, "m1");
  RecordPtr settled;
};

TEST_F(SettlementQueries, FindTheSettlementAndWhetherItStands) {
  EXPECT_EQ(ask(settled->sequence).state, MessageState::kApplied);
  EXPECT_EQ(ask(settled->sequence).record->sequence, settled->sequence);
  const Request cancelling = cancel("an", settled->sequence, "c1");
  const RecordPtr cancelled = actors.submit(cancelling).applied();
  EXPECT_EQ(ask(settled->sequence).state, MessageState::kReversed);
  EXPECT_EQ(ask(cancelled->sequence).state, MessageState::kApplied);
  EXPECT_EQ(ask(cancelled->sequence).original->sequence, settled->sequence);
  (void)actors.submit(undo(cancelling, "u1")).applied();
  EXPECT_EQ(ask(settled->sequence).state, MessageState::kApplied);
  EXPECT_EQ(ask(cancelled->sequence).state, MessageState::kReversed);
}

TEST_F(SettlementQueries, OfWhatWasUndoneSaySo) {
  (void)actors.submit(undo(sale, "u1")).applied();
  EXPECT_EQ(ask(settled->sequence).state, MessageState::kReversed);
}

TEST_F(SettlementQueries, FindNothingElseAndNothingOfOthers) {
  const RecordPtr undone = actors.submit(undo(sale, "u1")).applied();
  const Request rows[] = {settlement_query("bo", settled->sequence),
                          settlement_query("an", settled->sequence, "P002"),
                          settlement_query("an", Sequence{}),
                          settlement_query("an", Sequence{1}),  // an enrolment
                          settlement_query("an", undone->sequence),
                          settlement_query("an", Sequence{999'999})};
  for (const Request& row : rows) {
    const NotDecided answer = actors.submit(row).as<NotDecided>();
    EXPECT_EQ(answer.refusal.reason, Reason::kNoSettlement);
    EXPECT_EQ(answer.refusal.detail, "");
  }
}

}  // namespace
}  // namespace gongji::actors::test
