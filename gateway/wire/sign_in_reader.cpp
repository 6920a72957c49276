#include "gateway/wire/sign_in_reader.hpp"

#include <array>

#include "gateway/json/fields.hpp"
#include "gateway/wire/envelope_reader.hpp"

namespace gongji::gateway::wire {
namespace {

using json::FieldKind;

constexpr std::uint16_t kLengthMax = 128;
constexpr std::array<json::FieldSpec, 6> kSignIn{{
    {"paasid", FieldKind::kId, kLengthMax},
    {"access_key", FieldKind::kId, kLengthMax},
    {"timestamp", FieldKind::kId, kLengthMax},
    {"nonce", FieldKind::kId, kLengthMax},
    {"digest", FieldKind::kId, kLengthMax},
    {"signature", FieldKind::kId, kLengthMax},
}};

}  // namespace

auth::Evidence read_sign_in_evidence(const json::JsonNode& root) {
  const auto input = read_input(root);
  if (!input) return {};
  const auto node = json::read_child(**input, "input", "signIn");
  if (!node || *node == nullptr || !(*node)->is_object()) return {};
  json::FieldValues values{kSignIn};
  if (json::read_fields(**node, "input.signIn", values)) return {};
  const bool chain = values.has("paasid");
  if (chain && values.has("access_key")) return {};
  return {values.text(chain ? "paasid" : "access_key"), values.text("timestamp"),
          values.text("nonce"), values.text("digest"), values.text("signature")};
}

}  // namespace gongji::gateway::wire
