// Who may speak: a caller proves that it is the institution its message names. What the proof is
// stands in the institution register (docs/wire.md, "Who may speak").
//
//   none   nothing; callers on this machine only
//   xtif   hex SHA-256 of timestamp + secret + nonce + timestamp; covers neither body nor path
//   hmac   HMAC-SHA256 or HMAC-SM3 over method, target, timestamp, nonce and the body's digest
//   mtls   the client certificate of the connection
//
// A timestamp may be five minutes off, a nonce is good once. Secrets are compared in constant time
// and appear in no text.
#pragma once

#include <optional>
#include <string>

#include "domain/event.hpp"
#include "gateway/auth/evidence.hpp"
#include "gateway/auth/replay_window.hpp"
#include "gateway/crypto/hash.hpp"
#include "gateway/exchange.hpp"
#include "ports/clock.hpp"
#include "ports/institutions.hpp"

namespace gongji::gateway::auth {

// Any thread. Outlives no clock.
class CallerProof {
 public:
  explicit CallerProof(const Clock& clock, ReplayLimits limits = {});

  // Once, before the first proof: nonces survive a restart in files of that folder. The error is a
  // sentence.
  [[nodiscard]] Status<std::string> keep_nonces_in(const std::string& folder) {
    return window_.keep_in(folder, now());
  }

  // Each HTTP message brings its proof. Nothing when it holds; else E_UNAUTHENTICATED with a
  // sentence that says which part failed, or E_BUSY when no more nonces can be remembered.
  // `body_digest`: of a body that was not held as a whole, by body_hash_kind(), in hex.
  [[nodiscard]] std::optional<Refusal> prove_request(const Institution& institution,
                                                     const HttpRequest& request,
                                                     std::string_view body_digest = {});
  // A TCP connection brings it once, in its 9001.
  [[nodiscard]] std::optional<Refusal> prove_sign_in(const Institution& institution,
                                                     const Caller& caller,
                                                     const Evidence& evidence);

 private:
  struct Claim;
  [[nodiscard]] std::optional<Refusal> prove(const Institution& institution, const Caller& caller,
                                             const Claim& claim);
  [[nodiscard]] std::optional<Refusal> prove_signature(const Institution& institution,
                                                       const Claim& claim);
  [[nodiscard]] std::optional<Refusal> use_up_nonce(const Institution& institution,
                                                    const Evidence& evidence);
  [[nodiscard]] bool in_time(std::string_view timestamp) const;
  [[nodiscard]] std::chrono::seconds now() const;

  const Clock& clock_;
  const std::chrono::seconds skew_;
  ReplayWindow window_;
};

// Which digest of its body a request says that it signed.
[[nodiscard]] crypto::HashKind body_hash_kind(const HttpRequest& head);

// The value of WWW-Authenticate that names the proof this institution must bring.
[[nodiscard]] std::string challenge(Proof proof);

}  // namespace gongji::gateway::auth
