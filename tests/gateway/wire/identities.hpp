// Checks the identities of docs/wire.md on the JSON of an answer, as a client would.
#pragma once

#include <string>
#include <string_view>

namespace gongji::gateway::testing {

// "" when all hold, else which one does not and both sides. `acct_includes_mulaid`: the reading of
// acct_pay; a cancel is checked with its signs turned.
std::string broken_identity_in(std::string_view body, bool acct_includes_mulaid = true);

}  // namespace gongji::gateway::testing
