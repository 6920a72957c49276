#include "gateway/wire/record_ids.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/gateway/wire/wire_bench.hpp"

namespace gongji::gateway::wire {
namespace {

using testing::civil;

TEST(RecordIds, CarryDayAndSequence) {
  EXPECT_EQ(make_setl_id(Sequence{42}, civil(10, 15, 30, 512)), "S20261122000000000042");
  EXPECT_EQ(make_mdtrt_id(Sequence{42}, civil(23, 59, 59, 999)), "M20261122000000000042");
  EXPECT_EQ(make_setl_id(Sequence{1}, civil(24, 0, 0, 0)), "S20261123000000000001");
}

TEST(RecordIds, ForeignTextIsNoSetlId) {
  for (const char* text :
       {"", "S", "S2026112200000042", "M20261122000000000042", "S20261122000000000000",
        "S2026112200000000004x", "S20261122000000000042 ", "s20261122000000000042"})
    EXPECT_EQ(sequence_of_setl_id(text), std::nullopt) << text;
}

RC_GTEST_PROP(RecordIds, ASetlIdSaysWhereItsRecordLies, ()) {
  const auto number = *rc::gen::inRange<std::uint64_t>(1, 1'000'000'000'000);
  RC_ASSERT(sequence_of_setl_id(make_setl_id(Sequence{number}, civil(1, 2, 3, 4))) ==
            Sequence{number});
}

TEST(RecordIds, InfRefmsgidHasThirtyCharactersWhateverTheArea) {
  const Instant at = civil(10, 15, 31, 0);
  EXPECT_EQ(make_inf_refmsgid("440100", at, 42), "440100202611221015310000000042");
  EXPECT_EQ(make_inf_refmsgid("", at, 42), "000000202611221015310000000042");
  EXPECT_EQ(make_inf_refmsgid("44", at, 12'345'678'901), "440000202611221015312345678901");
  EXPECT_EQ(make_inf_refmsgid("44010000", at, 0).size(), 30u);
  EXPECT_EQ(make_sign_no(at, 21).size(), 30u);
}

}  // namespace
}  // namespace gongji::gateway::wire
