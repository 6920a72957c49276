// The field `year` of a body.
#pragma once

#include "gateway/rest/body_reader.hpp"

namespace gongji::gateway::rest {

// Four digits from 2000 on; else a fault, and 0.
int read_year(BodyReader& body, const json::FieldValues& values);

}  // namespace gongji::gateway::rest
