// Holds an answer against the OpenAPI document: is its status documented for the operation, its
// type among those offered, and does its body fit the schema? Reads the part of JSON Schema the
// document uses, and is stricter in one thing: a field the schema does not name is a fault.
#pragma once

#include <set>
#include <string>
#include <utility>

#include "gateway/exchange.hpp"

namespace gongji::gateway::testing {

// "" or what is wrong. `operation`: "GET /v1/persons/{psn_no}".
std::string openapi_fault(const std::string& operation, const Answer& answer);

// Every documented pair of operation and status.
std::set<std::pair<std::string, unsigned>> documented_statuses();

}  // namespace gongji::gateway::testing
