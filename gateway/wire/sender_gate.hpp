// Who sends must be registered, must prove it, speaks for itself alone, and has so much room
// (docs/wire.md, "Who may speak", "Too much").
//
// Any loop thread. Outlives every token it gave to a message.
#pragma once

#include <optional>
#include <string>

#include "gateway/auth/caller_proof.hpp"
#include "gateway/institution_limits.hpp"
#include "gateway/wire/incoming.hpp"

namespace gongji::gateway::wire {

class SenderGate {
 public:
  SenderGate(const Clock& clock, auth::ReplayLimits replay, InstitutionLimitOptions limits,
             Metrics& metrics)
      : callers_(clock, replay), limits_(limits, metrics) {}

  // Once, before the first message: nonces survive a restart in files of that folder. The error is
  // a sentence.
  [[nodiscard]] Status<std::string> keep_nonces_in(const std::string& folder) {
    return callers_.keep_nonces_in(folder);
  }

  // Nothing: the sender is `institution`, and the message has its place inside. `root` is the whole
  // message.
  [[nodiscard]] std::optional<Turned> admit(Incoming& incoming, const Institution& institution,
                                            const json::JsonNode& root);

 private:
  std::optional<Turned> prove_request(const Incoming& incoming, const Institution& institution);
  std::optional<Turned> prove_frame(const Incoming& incoming, const Institution& institution,
                                    const json::JsonNode& root);
  std::optional<Turned> sign_in(Caller& caller, const Institution& institution,
                                const json::JsonNode& root);

  auth::CallerProof callers_;
  InstitutionLimits limits_;
};

}  // namespace gongji::gateway::wire
