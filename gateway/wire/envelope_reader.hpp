// Reads the common envelope of a message. Unknown fields are ignored: each province adds some.
#pragma once

#include <string>

#include "domain/event.hpp"
#include "domain/result.hpp"
#include "gateway/json/json_document.hpp"

namespace gongji::gateway::wire {

// Views live until the next message is read on this thread.
struct Envelope {
  std::string_view infno;
  std::string_view msgid;
  std::string_view fixmedins_code;
  std::string_view opter;
};

// The whole message as a tree, or nothing when it is no JSON object. `text` as JsonDocument::read
// wants it.
const json::JsonNode* read_message(std::string_view text);
Result<Envelope, Refusal> read_envelope(const json::JsonNode& root);
// `input` as an object, or as a JSON string that holds one.
Result<const json::JsonNode*, Refusal> read_input(const json::JsonNode& root);
// `cainfo`; "" when it is absent, comes twice or is no text.
std::string read_signature(const json::JsonNode& root);

}  // namespace gongji::gateway::wire
