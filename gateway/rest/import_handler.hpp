// POST /v1/import: who imports what, from the query and the headers; the rest is ImportJob's.
#pragma once

#include "gateway/rest/backend.hpp"
#include "gateway/rest/call.hpp"

namespace gongji::gateway::rest {

void import_lines(Backend& backend, CallPtr call);

}  // namespace gongji::gateway::rest
