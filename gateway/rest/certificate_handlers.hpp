// The certificate of a contribution (SX-36) in four forms, and the checking of its code.
#pragma once

#include "gateway/rest/backend.hpp"
#include "gateway/rest/call.hpp"

namespace gongji::gateway::rest {

void get_certificate(Backend& backend, CallPtr call);
void verify_certificate(Backend& backend, CallPtr call);

}  // namespace gongji::gateway::rest
