#include "domain/marks.hpp"

#include <gtest/gtest.h>

namespace gongji {
namespace {

constexpr Sequence kHere{12};
constexpr Sequence kEarlier{7};

JournalRecord record(Command command, Events events) {
  JournalRecord made;
  made.sequence = kHere;
  made.command = std::move(command);
  made.outcome = std::move(events);
  return made;
}

ContributionOrdered order(ContributionStatus status, bool awaits_insurer = false) {
  ContributionOrdered event;
  event.order.status = status;
  event.order.awaits_insurer = awaits_insurer;
  return event;
}

using Marks = std::vector<MarkChange>;

TEST(Marks, an_order_waits_for_the_tax_side_or_the_insurer_or_nobody) {
  EXPECT_EQ(marks_of(record(ContributeCommand{}, {order(ContributionStatus::kPending)})),
            (Marks{{MarkKind::kTaxRequest, kHere, true}}));
  EXPECT_EQ(marks_of(record(ContributeCommand{}, {order(ContributionStatus::kPaid, true)})),
            (Marks{{MarkKind::kInsurerRequest, kHere, true}}));
  EXPECT_TRUE(marks_of(record(ContributeCommand{}, {order(ContributionStatus::kPaid)})).empty());
}

TEST(Marks, an_answer_closes_the_order_s_even_when_it_moves_nothing) {
  EXPECT_EQ(marks_of(record(AnswerTaxCommand{PersonId{"p"}, kEarlier, true, ""}, {})),
            (Marks{{MarkKind::kTaxRequest, kEarlier, false}}));
  EXPECT_EQ(marks_of(record(AnswerInsurerCommand{PersonId{"p"}, kEarlier, true, ""},
                            {ContributionInsured{}})),
            (Marks{{MarkKind::kInsurerRequest, kEarlier, false}}));
}

TEST(Marks, money_without_an_owner_and_supervision_are_marked) {
  SettlementReversed reversed;
  EXPECT_TRUE(marks_of(record(ReverseCommand{}, {reversed})).empty());
  reversed.suspense = {{PersonId{"p"}, Bucket::kCarryover, Fen{1}, LinkId{}}};
  EXPECT_EQ(marks_of(record(ReverseCommand{}, {reversed})),
            (Marks{{MarkKind::kSuspense, kHere, true}}));
  ContributionReversed refunded;
  refunded.suspense = reversed.suspense;
  EXPECT_EQ(
      marks_of(record(AnswerInsurerCommand{PersonId{"p"}, kEarlier, true, ""}, {refunded})).size(),
      2U);
  EXPECT_EQ(marks_of(record(ReviewCommand{}, {ReviewMarked{}})),
            (Marks{{MarkKind::kReview, kHere, true}}));
}

TEST(Marks, a_refusal_marks_nothing) {
  JournalRecord refused = record(AnswerTaxCommand{PersonId{"p"}, kEarlier, true, ""}, {});
  refused.outcome = Refusal{Reason::kNotFound, "", {}, {}};
  EXPECT_TRUE(marks_of(refused).empty());
}

}  // namespace
}  // namespace gongji
