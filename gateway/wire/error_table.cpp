#include "gateway/wire/error_table.hpp"

#include <array>
#include <cstdlib>

namespace gongji::gateway::wire {
namespace {

using enum Reason;

constexpr ErrorEntry refused(Reason reason, unsigned http_status) {
  return {reason, http_status, Infcode::kRefused, Retry::kNever};
}
constexpr ErrorEntry busy(Reason reason, unsigned http_status) {
  return {reason, http_status, Infcode::kRefused, Retry::kSameMessage};
}

// In the order of the enum.
constexpr std::array<ErrorEntry, kReasonLast + 1> kTable{{
    {kNone, 200, Infcode::kApplied, Retry::kNever},
    refused(kNotEmployee, 422),
    refused(kNoCarryover, 422),
    refused(kAccountUnusable, 422),
    refused(kRelationNotAllowed, 422),
    refused(kSelf, 422),
    refused(kNotInsured, 422),
    refused(kSuspended, 422),
    refused(kAlreadyInNetwork, 409),
    refused(kAlreadyBound, 409),
    refused(kChainAuthoriser, 422),
    refused(kChainBeneficiary, 422),
    refused(kModeEmpty, 422),
    refused(kModeUnconfirmed, 422),
    refused(kModeOff, 422),
    refused(kNotStarted, 422),
    refused(kNoNetwork, 422),
    refused(kWindow, 422),
    refused(kFundEmpty, 422),
    refused(kFloor, 422),
    refused(kQuota, 422),
    refused(kQuotaOverShareable, 422),
    refused(kRebindRequired, 422),
    refused(kPurpose, 422),
    refused(kInsufficientPremium, 422),
    refused(kTaxPending, 422),
    refused(kDuplicateInsured, 422),
    refused(kWrongMain, 422),
    refused(kPlaceChanged, 422),
    refused(kOutOfProvince, 422),
    refused(kNotDesignated, 422),
    refused(kNotOwnCard, 422),
    refused(kForbiddenView, 403),
    refused(kIdempotency, 422),
    refused(kAlreadyReversed, 409),
    refused(kQuoteStale, 422),
    refused(kNoPerson, 404),
    refused(kUnknownInfno, 404),
    refused(kField, 400),
    refused(kIdentity, 422),
    refused(kNoSettlement, 404),
    refused(kPossibleDuplicate, 422),
    refused(kReversedBeforeArrival, 422),
    refused(kAlreadyPaid, 409),
    refused(kNoFile, 404),
    refused(kForbidden, 403),
    refused(kNotFound, 404),
    refused(kUnauthenticated, 401),
    refused(kNoActingPerson, 400),
    busy(kBusy, 429),
    busy(kDeadline, 503),
    {kUnknownOutcome, 500, Infcode::kUnknown, Retry::kSameMessage},
}};

constexpr std::size_t kErrMsgCharactersMax = 200;

// Cuts after so many characters, never inside one.
std::string_view first_characters(std::string_view utf8, std::size_t count) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const bool starts_character = (utf8[i] & 0xC0) != 0x80;
    if (starts_character && seen++ == count) return utf8.substr(0, i);
  }
  return utf8;
}

}  // namespace

const ErrorEntry& error_entry(Reason reason) {
  const auto index = static_cast<std::size_t>(reason);
  if (index >= kTable.size()) std::abort();
  return kTable[index];
}

std::string err_msg(Reason reason, std::string_view detail) {
  std::string text{code(reason)};
  text += ' ';
  text += info(reason).text;
  if (!detail.empty()) {
    text += "：";
    text += detail;
  }
  return std::string{first_characters(text, kErrMsgCharactersMax)};
}

}  // namespace gongji::gateway::wire
