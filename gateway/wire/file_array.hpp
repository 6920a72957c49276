// The file of a 9101: a list of numbers from -128 to 255, as senders whose bytes are signed write
// it too.
#pragma once

#include <optional>
#include <string>

#include "gateway/json/json_document.hpp"
#include "gateway/reconciliation/byte_blocks.hpp"

namespace gongji::gateway::wire {

inline constexpr std::string_view kUploadInfno = "9101";
inline constexpr std::string_view kFileArrayPath = "input.fsUploadIn.in";

// Nothing when `array` is something else.
[[nodiscard]] std::optional<reconciliation::ByteBlocks> file_in_array(const json::JsonNode& array);

// In hex; an SM2 signature covers it instead of a line for each byte.
[[nodiscard]] std::string sm3_of(const reconciliation::ByteBlocks& file);

}  // namespace gongji::gateway::wire
