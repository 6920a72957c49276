// Most transactions keep all they say in one object, `input.data`.
#pragma once

#include "gateway/json/fields.hpp"

namespace gongji::gateway::wire {

Result<json::FieldValues, Refusal> read_data(const json::JsonNode& input,
                                             std::span<const json::FieldSpec> specs);

}  // namespace gongji::gateway::wire
