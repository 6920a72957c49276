#include "gateway/wire/data_node.hpp"

namespace gongji::gateway::wire {

Result<json::FieldValues, Refusal> read_data(const json::JsonNode& input,
                                             std::span<const json::FieldSpec> specs) {
  const auto node = json::read_child(input, "input", "data");
  if (!node) return node.error();
  if (*node == nullptr || !(*node)->is_object())
    return json::wrong_field("input", "data", "应为对象，不能为空");
  json::FieldValues values{specs};
  if (auto fault = json::read_fields(**node, "input.data", values)) return *std::move(fault);
  return values;
}

}  // namespace gongji::gateway::wire
