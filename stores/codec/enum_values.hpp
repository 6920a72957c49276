// Enumerations are written as their number, one byte. A number no enumerator has is refused on
// reading. Numbers are on disk for good: append enumerators, never reorder
// (tests/stores/enum_values_test.cpp holds the list). The switches have no default, so a new
// enumerator does not compile until it is named here.
#pragma once

#include "domain/command.hpp"
#include "domain/household.hpp"
#include "domain/person.hpp"
#include "domain/profile.hpp"
#include "domain/reason.hpp"

namespace gongji::stores {

constexpr bool is_known(Relation value) {
  switch (value) {
    case Relation::kOther:
    case Relation::kSpouse:
    case Relation::kParent:
    case Relation::kChild:
    case Relation::kSibling:
    case Relation::kGrandparent:
    case Relation::kGrandchild:
    case Relation::kParentInLaw: return true;
  }
  return false;
}

constexpr bool is_known(Scheme value) {
  switch (value) {
    case Scheme::kEmployee:
    case Scheme::kResident:
    case Scheme::kHelpPlan: return true;
  }
  return false;
}

constexpr bool is_known(Mode value) {
  switch (value) {
    case Mode::kPay:
    case Mode::kPremium: return true;
  }
  return false;
}

constexpr bool is_known(Bucket value) {
  switch (value) {
    case Bucket::kCurrentYear:
    case Bucket::kCarryover: return true;
  }
  return false;
}

constexpr bool is_known(Channel value) {
  switch (value) {
    case Channel::kHospital:
    case Channel::kPharmacy: return true;
  }
  return false;
}

constexpr bool is_known(InsuredStatus value) {
  switch (value) {
    case InsuredStatus::kNormal:
    case InsuredStatus::kSuspended:
    case InsuredStatus::kEnded: return true;
  }
  return false;
}

constexpr bool is_known(AccountState value) {
  switch (value) {
    case AccountState::kUsable:
    case AccountState::kFrozen:
    case AccountState::kClosed: return true;
  }
  return false;
}

constexpr bool is_known(MainAccount value) {
  switch (value) {
    case MainAccount::kNone:
    case MainAccount::kRight:
    case MainAccount::kWrong: return true;
  }
  return false;
}

constexpr bool is_known(ReversalKind value) {
  switch (value) {
    case ReversalKind::kCancel:
    case ReversalKind::kUndo: return true;
  }
  return false;
}

constexpr bool is_known(VisitStep value) {
  switch (value) {
    case VisitStep::kRegister:
    case VisitStep::kWithdraw:
    case VisitStep::kDescribe:
    case VisitStep::kAddFees:
    case VisitStep::kDropFees: return true;
  }
  return false;
}

constexpr bool is_known(ContributionStatus value) {
  switch (value) {
    case ContributionStatus::kPending:
    case ContributionStatus::kConfirmed:
    case ContributionStatus::kPaid:
    case ContributionStatus::kRefused:
    case ContributionStatus::kReversed: return true;
  }
  return false;
}

constexpr bool is_known(NextStep value) {
  switch (value) {
    case NextStep::kNone:
    case NextStep::kOnline:
    case NextStep::kAgency:
    case NextStep::kWallet:
    case NextStep::kOrganiser:
    case NextStep::kOwnCard:
    case NextStep::kConfirm:
    case NextStep::kCorrect:
    case NextStep::kRetry:
    case NextStep::kQuery:
    case NextStep::kWait: return true;
  }
  return false;
}

// Reasons are dense from 0 by their own rule.
constexpr bool is_known(Reason value) { return static_cast<std::uint8_t>(value) <= kReasonLast; }

}  // namespace gongji::stores
