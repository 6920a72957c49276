#include "gateway/rest/body_reader.hpp"

#include "gateway/json/canonical_text.hpp"

namespace gongji::gateway::rest {

BodyReader::BodyReader(std::string_view body) {
  thread_local json::JsonDocument document;
  if (body.find_first_not_of(" \t\r\n") == std::string_view::npos) return;
  root_ = document.read(body);
  if (root_ == nullptr) faults_.push_back({"", "请求体不是一个完整的JSON对象"});
}

json::FieldValues BodyReader::fields(std::span<const json::FieldSpec> specs) {
  static const json::JsonNode kEmpty{{}, {}, json::NodeKind::kObject, 1};
  if (!faults_.empty() && root_ == nullptr) return json::FieldValues{specs};
  json::FieldValues values = read(root_ == nullptr ? kEmpty : *root_, "", specs);
  json::append_section(canonical_, "body", values);
  return values;
}

// Field by field, because a table read as a whole ends with its first fault.
json::FieldValues BodyReader::read(const json::JsonNode& object, std::string_view path,
                                   std::span<const json::FieldSpec> specs) {
  json::FieldValues values{specs};
  for (std::size_t i = 0; i < specs.size(); ++i) {
    json::FieldValues one{specs.subspan(i, 1)};
    if (const auto refusal = json::read_fields(object, path, one)) {
      faults_.push_back(field_fault(refusal->detail));
    } else {
      values.value(i) = one.value(0);
    }
  }
  return values;
}

bool BodyReader::emptied(std::string_view field) {
  if (root_ == nullptr) return false;
  for (const json::JsonNode& child : json::children(*root_)) {
    if (child.key != field || !child.is_absent()) continue;
    canonical_.append(field).append("=\n");
    return true;
  }
  return false;
}

const json::JsonNode* BodyReader::list_of(const json::JsonNode* object, std::string_view path,
                                          std::string_view name) {
  if (object == nullptr || !object->is_object()) return nullptr;
  const auto list = json::read_child(*object, path, name);
  if (!list) {
    faults_.push_back(field_fault(list.error().detail));
    return nullptr;
  }
  if (*list == nullptr || (*list)->is_array()) return *list;
  fault(path, name, "应为数组");
  return nullptr;
}

const json::JsonNode* BodyReader::object_at(std::string_view path) {
  const std::size_t bracket = path.find('[');
  if (root_ == nullptr || bracket == std::string_view::npos) return root_;
  const auto list = json::read_child(*root_, "", path.substr(0, bracket));
  if (!list || *list == nullptr || !(*list)->is_array()) return nullptr;
  std::size_t index = 0;
  for (const json::JsonNode& node : json::children(**list))
    if (json::indexed(path.substr(0, bracket), index++) == path) return &node;
  return nullptr;
}

std::vector<json::FieldValues> BodyReader::objects(std::string_view list,
                                                   std::span<const json::FieldSpec> specs) {
  std::vector<json::FieldValues> elements;
  const json::JsonNode* array = list_of(root_, "", list);
  if (array == nullptr) return elements;
  for (const json::JsonNode& node : json::children(*array)) {
    const std::string path = json::indexed(list, elements.size());
    if (node.is_object()) {
      elements.push_back(read(node, path, specs));
    } else {
      fault("", path, "应为对象");
      elements.emplace_back(specs);
    }
    json::append_section(canonical_, path, elements.back());
  }
  return elements;
}

std::optional<std::vector<Mode>> BodyReader::modes(std::string_view path) {
  const json::JsonNode* array = list_of(object_at(path), path, "modes");
  if (array == nullptr) return std::nullopt;
  std::vector<Mode> modes;
  std::string words;
  std::size_t index = 0;
  for (const json::JsonNode& node : json::children(*array)) {
    const auto mode =
        node.kind == json::NodeKind::kString ? mode_from_text(node.text) : std::nullopt;
    if (!mode) {
      fault(path, json::indexed("modes", index), "应为PAY或PREMIUM");
    } else {
      modes.push_back(*mode);
      words += std::string{to_text(*mode)} + ',';
    }
    ++index;
  }
  canonical_.append(">").append(path).append(path.empty() ? "" : ".");
  canonical_.append("modes\nvalues=").append(words).append("\n");
  return modes;
}

std::optional<CivilDate> BodyReader::date(const json::FieldValues& values, std::string_view path,
                                          std::string_view field) {
  if (!values.has(field)) return std::nullopt;
  const auto date = parse_date(values.text(field));
  if (!date) fault(path, field, "应为日期，如2026-01-31");
  return date;
}

void BodyReader::fault(std::string_view path, std::string_view field, std::string_view rule) {
  faults_.push_back(field_fault(json::wrong_field(path, field, rule).detail));
}

}  // namespace gongji::gateway::rest
