#include "gateway/wire/sender_gate.hpp"

#include <utility>

#include "gateway/wire/sign_in_reader.hpp"

namespace gongji::gateway::wire {

std::optional<Turned> SenderGate::admit(Incoming& incoming, const Institution& institution,
                                        const json::JsonNode& root) {
  auto turned = incoming.request != nullptr ? prove_request(incoming, institution)
                                            : prove_frame(incoming, institution, root);
  if (turned) return turned;
  auto place = limits_.try_enter(institution);
  if (!place) {
    incoming.caller.sends_too_much = true;
    return Turned{{Reason::kBusy, "本机构报文过多", {}, {}}};
  }
  incoming.message.place = std::move(*place);
  return std::nullopt;
}

// Over HTTP every message brings its proof.
std::optional<Turned> SenderGate::prove_request(const Incoming& incoming,
                                                const Institution& institution) {
  auto refusal = callers_.prove_request(institution, *incoming.request, incoming.body_digest);
  if (!refusal) return std::nullopt;
  if (refusal->reason != Reason::kUnauthenticated) return Turned{*std::move(refusal)};
  return Turned{*std::move(refusal), kHttpUnauthenticated, auth::challenge(institution.proof)};
}

// A TCP connection proves it once, with 9001 as its first frame, and is bound to that institution
// from then on, until 9002 or until its credentials change. A proof that fails ends the connection
// without a word.
std::optional<Turned> SenderGate::prove_frame(const Incoming& incoming,
                                              const Institution& institution,
                                              const json::JsonNode& root) {
  Caller& caller = incoming.caller;
  const std::string& code = institution.code.text();
  const Transaction* transaction = incoming.message.transaction;
  if (!caller.bound_institution.empty() && caller.bound_institution != code)
    return Turned{
        {Reason::kForbidden, "fixmedins_code " + code + " 与本连接签到的机构不符", {}, {}}};
  if (transaction != nullptr && transaction->kind == TransactionKind::kSignIn)
    return sign_in(caller, institution, root);
  Turned unproven{{Reason::kUnauthenticated, "TCP连接的首个报文须为9001签到", {}, {}}};
  if (caller.bound_institution.empty()) {
    unproven.close = institution.proof == Proof::kNone;
    unproven.wordless = !unproven.close;
    return unproven;
  }
  if (caller.bound_stamp == institution.proof_stamp) return std::nullopt;
  unproven.wordless = true;
  return unproven;
}

std::optional<Turned> SenderGate::sign_in(Caller& caller, const Institution& institution,
                                          const json::JsonNode& root) {
  if (auto refusal = callers_.prove_sign_in(institution, caller, read_sign_in_evidence(root))) {
    const bool failed = refusal->reason == Reason::kUnauthenticated;
    return Turned{.refusal = *std::move(refusal), .wordless = failed};
  }
  caller.bound_institution = institution.code.text();
  caller.bound_stamp = institution.proof_stamp;
  return std::nullopt;
}

}  // namespace gongji::gateway::wire
