// /v1/persons/{psn_no}: who a person is and what he holds; what the agency changes of him.
#pragma once

#include "gateway/rest/backend.hpp"
#include "gateway/rest/call.hpp"

namespace gongji::gateway::rest {

void get_person(Backend& backend, CallPtr call);
void patch_person(Backend& backend, CallPtr call);

}  // namespace gongji::gateway::rest
