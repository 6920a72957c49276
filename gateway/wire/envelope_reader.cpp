#include "gateway/wire/envelope_reader.hpp"

#include <array>
#include <string>

#include "gateway/exchange.hpp"
#include "gateway/json/fields.hpp"

namespace gongji::gateway::wire {
namespace {

using json::FieldKind;

constexpr std::array<json::FieldSpec, 4> kEnvelope{{
    {"infno", FieldKind::kId, 6, json::kRequired},
    {"msgid", FieldKind::kId, 30, json::kRequired},
    {"fixmedins_code", FieldKind::kId, 30, json::kRequired},
    {"opter", FieldKind::kText, 30},
}};

// Reused from message to message; a message is read and submitted before the next one.
struct Documents {
  json::JsonDocument message;
  json::JsonDocument input;
  std::string input_text;
};

Documents& documents() {
  thread_local Documents reused;
  return reused;
}

}  // namespace

const json::JsonNode* read_message(std::string_view text) { return documents().message.read(text); }

Result<Envelope, Refusal> read_envelope(const json::JsonNode& root) {
  json::FieldValues values{kEnvelope};
  if (auto fault = json::read_fields(root, "", values)) return *std::move(fault);
  return Envelope{values.text("infno"), values.text("msgid"), values.text("fixmedins_code"),
                  values.text("opter")};
}

Result<const json::JsonNode*, Refusal> read_input(const json::JsonNode& root) {
  const auto input = json::read_child(root, "", "input");
  if (!input) return input.error();
  if (*input == nullptr) return json::wrong_field("", "input", "不能为空");
  if ((*input)->is_object()) return *input;
  if ((*input)->kind != json::NodeKind::kString)
    return json::wrong_field("", "input", "应为对象，或内含对象的JSON文本");
  Documents& reused = documents();
  reused.input_text = (*input)->text;
  const std::size_t size = reused.input_text.size();
  reused.input_text.append(kReadablePadding, '\0');
  const json::JsonNode* parsed =
      reused.input.read(std::string_view{reused.input_text}.substr(0, size));
  if (parsed == nullptr) return json::wrong_field("", "input", "不是合法的JSON对象");
  return parsed;
}

std::string read_signature(const json::JsonNode& root) {
  const auto node = json::read_child(root, "", "cainfo");
  if (!node || *node == nullptr || (*node)->kind != json::NodeKind::kString) return {};
  return std::string{(*node)->text};
}

}  // namespace gongji::gateway::wire
