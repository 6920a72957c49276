// Bugs that can be planted into a run, to show that the oracle would find them: each takes away one
// protection of the product by standing between it and its ports. None of them is in the product.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace gongji::simulation {

enum class Bug : std::uint8_t {
  kNone,
  kGateRemoved,            // a group counts as durable before its sync
  kFailedSyncIgnored,      // a sync that failed is reported as done
  kEpochCheckRemoved,      // an older owner may still append
  kTornGroupAccepted,      // after a power cut the whole records of half a group are kept
  kIdempotencyLostOnMove,  // the keys of a household are forgotten when it moves
  kUndoForgetsOriginal,    // a 2601 that came first does not bar the message it names
  kQuotaNotRestored,       // what a reversal gave back to a link is forgotten when it is loaded
  kCreditTwiceOnReplay,    // the last credit of a household is applied again when it is loaded
  kRollForgotten,          // that an account was rolled is forgotten when it is loaded
  kTransferRepeated,       // a move that is finished is finished again by the next start
  kTransferForgotten,      // a move that a crash interrupted is not finished by the next start
  kOlderBalanceApplied,    // the hot balances take an older state for a newer one
};

struct BugName {
  Bug bug;
  std::string_view name;
};

constexpr std::array kBugs{
    BugName{Bug::kGateRemoved, "gate-removed"},
    BugName{Bug::kFailedSyncIgnored, "failed-sync-ignored"},
    BugName{Bug::kEpochCheckRemoved, "epoch-check-removed"},
    BugName{Bug::kTornGroupAccepted, "torn-group-accepted"},
    BugName{Bug::kIdempotencyLostOnMove, "idempotency-lost-on-move"},
    BugName{Bug::kUndoForgetsOriginal, "undo-forgets-original"},
    BugName{Bug::kQuotaNotRestored, "quota-not-restored"},
    BugName{Bug::kCreditTwiceOnReplay, "credit-twice-on-replay"},
    BugName{Bug::kRollForgotten, "roll-forgotten"},
    BugName{Bug::kTransferRepeated, "transfer-repeated"},
    BugName{Bug::kTransferForgotten, "transfer-forgotten"},
    BugName{Bug::kOlderBalanceApplied, "older-balance-applied"},
};

constexpr std::optional<Bug> bug_named(std::string_view name) {
  for (const BugName& each : kBugs)
    if (each.name == name) return each.bug;
  return std::nullopt;
}

}  // namespace gongji::simulation
