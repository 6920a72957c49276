#include "gateway/rest/openapi_document.hpp"

#include "gateway/rest/answers.hpp"

// Made from openapi.json by the build.
extern const char* const gongji_openapi_document;

namespace gongji::gateway::rest {

std::string_view openapi_document() { return gongji_openapi_document; }

void get_openapi(Backend&, CallPtr call) {
  call->answer(json_answer(std::string{openapi_document()}));
}

}  // namespace gongji::gateway::rest
