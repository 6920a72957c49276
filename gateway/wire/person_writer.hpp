// 1101: the output of a person query.
#pragma once

#include "gateway/json/json_writer.hpp"
#include "ports/settlement_service.hpp"

namespace gongji::gateway::wire {

// Own money only: what the family has is not for the counter to see (SH-18).
void write_person(json::JsonWriter& out, const PersonFound& found);

}  // namespace gongji::gateway::wire
