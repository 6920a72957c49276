#include "gateway/rest/reason_rules.hpp"

#include <array>
#include <cstdlib>

namespace gongji::gateway::rest {
namespace {

using enum Reason;

constexpr std::size_t kRulesMax = 5;

struct Row {
  Reason reason;
  std::array<std::string_view, kRulesMax> rules;  // "" ends the list
};

// In the order of the enum.
constexpr std::array<Row, kReasonLast + 1> kTable{{
    {kNone, {}},
    {kNotEmployee, {"SH-01", "SX-01"}},
    {kNoCarryover, {"SH-02"}},
    {kAccountUnusable, {"SH-03", "SH-33"}},
    {kRelationNotAllowed, {"SH-04", "SX-02"}},
    {kSelf, {"SH-12"}},
    {kNotInsured, {"SH-06", "SH-07", "SX-03", "SX-04"}},
    {kSuspended, {"SX-04"}},
    {kAlreadyInNetwork, {"SH-11", "SH-12", "SH-13"}},
    {kAlreadyBound, {"SX-12", "SX-14"}},
    {kChainAuthoriser, {"SX-15"}},
    {kChainBeneficiary, {"SX-16"}},
    {kModeEmpty, {"SH-20"}},
    {kModeUnconfirmed, {"SH-21"}},
    {kModeOff, {"SH-20", "SH-22"}},
    {kNotStarted, {"SH-41"}},
    {kNoNetwork, {"SH-12", "SH-21", "SX-01"}},
    {kWindow, {"SX-13"}},
    {kFundEmpty, {"SH-08", "SH-10", "SH-14"}},
    {kFloor, {"SX-05", "SX-06"}},
    {kQuota, {"SX-08", "SX-10", "SX-30"}},
    {kQuotaOverShareable, {"SX-09"}},
    {kRebindRequired, {"SX-11"}},
    {kPurpose, {"SH-26", "SX-27", "GX-15"}},
    {kInsufficientPremium, {"SH-26", "SX-29", "SX-31"}},
    {kTaxPending, {"SX-33"}},
    {kDuplicateInsured, {"SX-19", "SX-21"}},
    {kWrongMain, {"SX-20"}},
    {kPlaceChanged, {"SX-23"}},
    {kOutOfProvince, {"SX-24", "SX-26"}},
    {kNotDesignated, {"SH-42"}},
    {kNotOwnCard, {"SH-31", "SX-22", "SX-39"}},
    {kForbiddenView, {"SH-17", "SH-18", "SX-34", "SX-35"}},
    {kIdempotency, {"GX-04"}},
    {kAlreadyReversed, {"GX-05"}},
    {kQuoteStale, {"GX-03"}},
    {kNoPerson, {}},
    {kUnknownInfno, {}},
    {kField, {}},
    {kIdentity, {}},
    {kNoSettlement, {}},
    {kPossibleDuplicate, {}},
    {kReversedBeforeArrival, {}},
    {kAlreadyPaid, {"SH-26", "SX-29"}},
    {kNoFile, {}},
    {kForbidden, {"SH-15", "SH-16", "SH-43", "SX-41"}},
    {kNotFound, {}},
    {kUnauthenticated, {}},
    {kNoActingPerson, {}},
    {kBusy, {}},
    {kDeadline, {}},
    {kUnknownOutcome, {}},
}};

}  // namespace

std::span<const std::string_view> rules_of(Reason reason) {
  const auto index = static_cast<std::size_t>(reason);
  if (index >= kTable.size() || kTable[index].reason != reason) std::abort();
  const auto& rules = kTable[index].rules;
  std::size_t count = 0;
  while (count < rules.size() && !rules[count].empty()) ++count;
  return {rules.data(), count};
}

}  // namespace gongji::gateway::rest
