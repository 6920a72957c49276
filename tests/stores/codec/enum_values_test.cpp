#include "stores/codec/enum_values.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace gongji::stores {
namespace {

// The numbers on disk. A line may be added; a line that must be changed means that old journals
// would be read wrongly.
template <class Enum>
void expect_numbers(const std::vector<std::pair<Enum, int>>& numbers) {
  int known = 0;
  for (int number = 0; number < 256; ++number) known += is_known(static_cast<Enum>(number));
  EXPECT_EQ(known, static_cast<int>(numbers.size()));
  for (const auto& [enumerator, number] : numbers) {
    EXPECT_EQ(static_cast<int>(enumerator), number);
    EXPECT_TRUE(is_known(enumerator));
  }
}

TEST(EnumValues, KeepTheirNumbers) {
  expect_numbers<Relation>({{Relation::kOther, 0},
                            {Relation::kSpouse, 1},
                            {Relation::kParent, 2},
                            {Relation::kChild, 3},
                            {Relation::kSibling, 4},
                            {Relation::kGrandparent, 5},
                            {Relation::kGrandchild, 6},
                            {Relation::kParentInLaw, 7}});
  expect_numbers<Scheme>({{Scheme::kEmployee, 0}, {Scheme::kResident, 1}, {Scheme::kHelpPlan, 2}});
  expect_numbers<Mode>({{Mode::kPay, 0}, {Mode::kPremium, 1}});
  expect_numbers<Bucket>({{Bucket::kCurrentYear, 0}, {Bucket::kCarryover, 1}});
  expect_numbers<Channel>({{Channel::kHospital, 0}, {Channel::kPharmacy, 1}});
  expect_numbers<InsuredStatus>(
      {{InsuredStatus::kNormal, 1}, {InsuredStatus::kSuspended, 2}, {InsuredStatus::kEnded, 4}});
  expect_numbers<AccountState>(
      {{AccountState::kUsable, 0}, {AccountState::kFrozen, 1}, {AccountState::kClosed, 2}});
  expect_numbers<MainAccount>(
      {{MainAccount::kNone, 0}, {MainAccount::kRight, 1}, {MainAccount::kWrong, 2}});
  expect_numbers<ReversalKind>({{ReversalKind::kCancel, 0}, {ReversalKind::kUndo, 1}});
  expect_numbers<ContributionStatus>({{ContributionStatus::kPending, 0},
                                      {ContributionStatus::kConfirmed, 1},
                                      {ContributionStatus::kPaid, 2},
                                      {ContributionStatus::kRefused, 3},
                                      {ContributionStatus::kReversed, 4}});
  expect_numbers<NextStep>({{NextStep::kNone, 0},
                            {NextStep::kOnline, 1},
                            {NextStep::kAgency, 2},
                            {NextStep::kWallet, 3},
                            {NextStep::kOrganiser, 4},
                            {NextStep::kOwnCard, 5},
                            {NextStep::kConfirm, 6},
                            {NextStep::kCorrect, 7},
                            {NextStep::kRetry, 8},
                            {NextStep::kQuery, 9},
                            {NextStep::kWait, 10}});
}

TEST(EnumValues, ReasonsAreKnownUpToTheLast) {
  EXPECT_TRUE(is_known(static_cast<Reason>(0)));
  EXPECT_TRUE(is_known(static_cast<Reason>(kReasonLast)));
  EXPECT_FALSE(is_known(static_cast<Reason>(kReasonLast + 1)));
}

}  // namespace
}  // namespace gongji::stores
