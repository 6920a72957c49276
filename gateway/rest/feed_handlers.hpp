// The feed of events, /v1/suspense and /v1/reviews: what the agency and the auditor follow.
#pragma once

#include "gateway/rest/backend.hpp"
#include "gateway/rest/call.hpp"

namespace gongji::gateway::rest {

// JSON by long poll (`wait`), or server-sent events as a stream that ends after a while and says
// when to come back with Last-Event-ID.
void get_events(Backend& backend, CallPtr call);
void get_suspense(Backend& backend, CallPtr call);
// Marks, or with `psn_no` the whole history of his household for the audit.
void get_reviews(Backend& backend, CallPtr call);
void mark_review(Backend& backend, CallPtr call);

}  // namespace gongji::gateway::rest
