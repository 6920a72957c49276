// The one enumeration of everything this gateway can answer instead of "done". Names are the public
// machine codes without "E_"; docs/rules.md says when each applies. Values are journaled: never
// renumber, never reuse, only append.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace gongji {

enum class Reason : std::uint8_t {
  kNone = 0,
  // Rulebook, section "Reason codes".
  kNotEmployee = 1,
  kNoCarryover = 2,
  kAccountUnusable = 3,
  kRelationNotAllowed = 4,
  kSelf = 5,
  kNotInsured = 6,
  kSuspended = 7,
  kAlreadyInNetwork = 8,
  kAlreadyBound = 9,
  kChainAuthoriser = 10,
  kChainBeneficiary = 11,
  kModeEmpty = 12,
  kModeUnconfirmed = 13,
  kModeOff = 14,
  kNotStarted = 15,
  kNoNetwork = 16,
  kWindow = 17,
  kFundEmpty = 18,
  kFloor = 19,
  kQuota = 20,
  kQuotaOverShareable = 21,
  kRebindRequired = 22,
  kPurpose = 23,
  kInsufficientPremium = 24,
  kTaxPending = 25,
  kDuplicateInsured = 26,
  kWrongMain = 27,
  kPlaceChanged = 28,
  kOutOfProvince = 29,
  kNotDesignated = 30,
  kNotOwnCard = 31,
  kForbiddenView = 32,
  kIdempotency = 33,
  kAlreadyReversed = 34,
  kQuoteStale = 35,
  // Messages and callers.
  kNoPerson = 36,
  kUnknownInfno = 37,
  kField = 38,
  kIdentity = 39,
  kNoSettlement = 40,
  kPossibleDuplicate = 41,
  kReversedBeforeArrival = 42,
  kAlreadyPaid = 43,
  kNoFile = 44,
  kForbidden = 45,
  kNotFound = 46,
  kUnauthenticated = 47,
  kNoActingPerson = 48,
  kBusy = 49,
  kDeadline = 50,
  kUnknownOutcome = 51,  // infcode -1: ask 2602 or send 2601
};
constexpr std::uint8_t kReasonLast = 51;

// What the person at the counter or on the phone can do next.
enum class NextStep : std::uint8_t {
  kNone,
  kOnline,     // the person himself, in the app
  kAgency,     // at the insurance agency's counter
  kWallet,     // cross-province: the 医保钱包
  kOrganiser,  // the organiser or authoriser of the network
  kOwnCard,    // settle with the patient's own card or code
  kConfirm,    // show the new split, confirm under a new message id
  kCorrect,    // correct the message and send it under a new message id
  kRetry,      // send the same message again after a moment
  kQuery,      // ask 2602, or send 2601
  kWait,       // wait for another party's confirmation
};

struct ReasonInfo {
  Reason reason;
  std::string_view code;  // "E_QUOTA"
  NextStep next_step;
  std::string_view text;  // a sentence a cashier or a call centre can read out
};

// Total over the enum; a test walks it.
const ReasonInfo& info(Reason reason);
inline std::string_view code(Reason reason) { return info(reason).code; }
std::optional<Reason> reason_from_code(std::string_view code);
std::string_view to_text(NextStep step);  // "AGENCY"

}  // namespace gongji
