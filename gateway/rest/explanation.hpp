// Why a settlement was split as it was, in words a call centre can read out: each step with its
// amount and the rules behind it, what remained, and which bill would have passed without cash.
// Derived from the record and the profile that decided it, so it stays the same for good.
#pragma once

#include <string>

#include "domain/profile.hpp"
#include "gateway/rest/sight.hpp"

namespace gongji::gateway::rest {

// `record` holds a settlement the caller may see.
std::string explanation_json(const JournalRecord& record, const ProfileBook& profiles,
                             const Call& call);

}  // namespace gongji::gateway::rest
