// The OpenAPI 3.1 document of /v1, as it stands in openapi.json and is built into the program.
#pragma once

#include <string_view>

#include "gateway/rest/backend.hpp"
#include "gateway/rest/call.hpp"

namespace gongji::gateway::rest {

// Lives as long as the program.
std::string_view openapi_document();

void get_openapi(Backend& backend, CallPtr call);

}  // namespace gongji::gateway::rest
