// Privacy of refusals: what a citizen's app may be told of one (SH-18, SX-35). The words are meant
// for whoever sent the command, but an app's user is a citizen: he hears of nobody he did not name
// himself and of no money that is not his own.
#pragma once

#include "domain/command.hpp"
#include "domain/event.hpp"
#include "gateway/rest/call.hpp"

namespace gongji::gateway::rest {

// The refusal as this caller may see it; others than apps see it whole.
Refusal visible_refusal(const Refusal& refusal, const Command& command, const Call& call);

// Every person a command names.
std::vector<PersonId> persons_named(const Command& command);
// Whose money decides about it; none when that is not the caller's to know.
PersonId money_owner(const Command& command);

}  // namespace gongji::gateway::rest
