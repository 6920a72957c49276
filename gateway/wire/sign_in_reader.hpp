// What a 9001 brings to prove who signs in: the signIn node carries it on TCP, where no header
// fields travel (docs/wire.md, "Who may speak").
#pragma once

#include "gateway/auth/evidence.hpp"
#include "gateway/json/json_document.hpp"

namespace gongji::gateway::wire {

// `root` is the whole message. Nothing brought, or not readable: empty evidence, which proves
// nothing. Views live until the next message is read on this thread.
auth::Evidence read_sign_in_evidence(const json::JsonNode& root);

}  // namespace gongji::gateway::wire
