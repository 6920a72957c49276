// Who may speak: a caller proves that it is the institution its message names. What the proof is
// stands in the institution register.
#pragma once

#include <optional>
#include <string>

#include "domain/event.hpp"
#include "gateway/exchange.hpp"
#include "ports/institutions.hpp"

namespace gongji::gateway::auth {

// Nothing when the proof holds, else E_UNAUTHENTICATED with a sentence. HTTP answers it with 401,
// TCP closes the connection after it.
std::optional<Refusal> prove_caller(const Institution& institution, const Caller& caller);

// The value of WWW-Authenticate that names the proof this institution must bring.
std::string challenge(Proof proof);

}  // namespace gongji::gateway::auth
