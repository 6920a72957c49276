#include "gateway/json/fields.hpp"

#include <algorithm>
#include <cstdlib>

#include "gateway/json/decimal.hpp"

namespace gongji::gateway::json {
namespace {

// The rule a value breaks; "" = none.
using Fault = std::string;

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

bool is_textual(const JsonNode& node) {
  return node.kind == NodeKind::kString || node.kind == NodeKind::kNumber;
}

Fault read_text(const JsonNode& node, const FieldSpec& spec, FieldValue& value) {
  if (!is_textual(node)) return "应为文本";
  // Bytes first: there are never more characters.
  if (node.text.size() > spec.length_max && characters(node.text) > spec.length_max)
    return "长度不能超过" + std::to_string(spec.length_max);
  if (spec.kind == FieldKind::kId && has_control(node.text)) return "不能含控制字符";
  value.text = node.text;
  return {};
}

Fault read_money(const JsonNode& node, FieldValue& value) {
  if (!is_textual(node)) return std::string{rule_text(DecimalFault::kNotANumber)};
  const auto amount = parse_money(node.text);
  if (!amount) return std::string{rule_text(amount.error())};
  value.scaled = amount->count();
  return {};
}

Fault read_decimal(const JsonNode& node, unsigned scale, FieldValue& value) {
  if (!is_textual(node)) return std::string{rule_text(DecimalFault::kNotANumber)};
  const auto scaled = parse_rounded(node.text, scale);
  if (!scaled) return std::string{rule_text(scaled.error())};
  value.scaled = *scaled;
  return {};
}

// Seen in the field: "1", "0", "01", "00" and numbers.
Fault read_flag(const JsonNode& node, FieldValue& value) {
  constexpr std::size_t kDigitsMax = 3;
  if (node.kind == NodeKind::kTrue || node.kind == NodeKind::kFalse) {
    value.scaled = node.kind == NodeKind::kTrue ? 1 : 0;
    return {};
  }
  const std::size_t digit = node.text.find_first_not_of('0');
  const bool zero = digit == std::string_view::npos;
  const bool one = !zero && node.text.substr(digit) == "1";
  if (!is_textual(node) || node.text.size() > kDigitsMax || (!zero && !one)) return "应为0或1";
  value.scaled = one ? 1 : 0;
  return {};
}

Fault read_value(const JsonNode& node, const FieldSpec& spec, FieldValue& value) {
  switch (spec.kind) {
    case FieldKind::kId:
    case FieldKind::kText: return read_text(node, spec, value);
    case FieldKind::kOpaque: return is_textual(node) ? read_text(node, spec, value) : Fault{};
    case FieldKind::kMoney: return read_money(node, value);
    case FieldKind::kQuantity:
    case FieldKind::kPrice: return read_decimal(node, scale_of(spec.kind), value);
    case FieldKind::kFlag: return read_flag(node, value);
  }
  std::abort();
}

// Seen in the field: REFD_SETL_FLAG.
bool is_in_capitals(std::string_view sent, std::string_view name) {
  return std::equal(sent.begin(), sent.end(), name.begin(), name.end(), [](char a, char b) {
    return a == (b >= 'a' && b <= 'z' ? static_cast<char>(b - 'a' + 'A') : b);
  });
}

std::size_t find_capitals(std::span<const FieldSpec> specs, std::string_view sent) {
  const bool capital = !sent.empty() && sent[0] >= 'A' && sent[0] <= 'Z';
  std::size_t i = capital ? 0 : specs.size();
  while (i < specs.size() && !is_in_capitals(sent, specs[i].name)) ++i;
  return i;
}

// Most names differ in length or at the end, seen without a call.
bool is_named(const FieldSpec& spec, std::string_view name) {
  return spec.name.size() == name.size() && !name.empty() && spec.name.back() == name.back() &&
         spec.name == name;
}

// Senders mostly keep the documented order, so the search starts where the last one ended.
std::size_t find_spec(std::span<const FieldSpec> specs, std::string_view name, std::size_t from) {
  for (std::size_t i = from; i < specs.size(); ++i)
    if (is_named(specs[i], name)) return i;
  for (std::size_t i = 0; i < from; ++i)
    if (is_named(specs[i], name)) return i;
  return find_capitals(specs, name);
}

}  // namespace

std::optional<Refusal> read_fields(const JsonNode& object, std::string_view path,
                                   FieldValues& values) {
  const std::span<const FieldSpec> specs = values.specs();
  std::size_t next = 0;
  for (const JsonNode& child : children(object)) {
    const std::size_t index = find_spec(specs, child.key, next);
    if (index == specs.size()) continue;
    next = index + 1;
    if (child.is_absent()) continue;
    FieldValue& value = values.value(index);
    if (value.present) return wrong_field(path, child.key, "重复出现");
    if (Fault fault = read_value(child, specs[index], value); !fault.empty())
      return wrong_field(path, child.key, fault);
    const bool ignored = specs[index].kind == FieldKind::kOpaque && !is_textual(child);
    value.present = !ignored;
  }
  for (std::size_t i = 0; i < specs.size(); ++i)
    if (specs[i].required && !values.value(i).present)
      return wrong_field(path, specs[i].name, "不能为空");
  return std::nullopt;
}

Result<const JsonNode*, Refusal> read_child(const JsonNode& object, std::string_view path,
                                            std::string_view name) {
  const JsonNode* found = nullptr;
  for (const JsonNode& child : children(object)) {
    if (child.key != name) continue;
    if (found != nullptr) return wrong_field(path, name, "重复出现");
    found = &child;
  }
  return found == nullptr || found->is_absent() ? nullptr : found;
}

Result<std::vector<const JsonNode*>, Refusal> read_rows(const JsonNode& object,
                                                        std::string_view path,
                                                        std::string_view name,
                                                        std::size_t rows_max) {
  const auto list = read_child(object, path, name);
  if (!list) return list.error();
  std::vector<const JsonNode*> rows;
  if (*list == nullptr) return rows;
  if ((*list)->is_object()) return std::vector{*list};
  if (!(*list)->is_array()) return wrong_field(path, name, "应为数组");
  for (const JsonNode& row : children(**list)) {
    const std::string indexed = std::string{name} + '[' + std::to_string(rows.size()) + ']';
    if (rows.size() == rows_max)
      return wrong_field(path, name, "明细不能超过" + std::to_string(rows_max) + "行");
    if (!row.is_object()) return wrong_field(path, indexed, "应为对象");
    rows.push_back(&row);
  }
  return rows;
}

Refusal wrong_field(std::string_view path, std::string_view field, std::string_view rule) {
  std::string detail{path};
  if (!path.empty()) detail += '.';
  detail += field;
  detail += ' ';
  detail += rule;
  return {Reason::kField, std::move(detail), {}, {}};
}

std::optional<Fen> FieldValues::money(std::string_view name) const {
  const FieldValue& found = at(name);
  if (!found.present) return std::nullopt;
  return Fen{found.scaled};
}

bool FieldValues::flag(std::string_view name, bool when_absent) const {
  const FieldValue& found = at(name);
  return found.present ? found.scaled != 0 : when_absent;
}

const FieldValue& FieldValues::at(std::string_view name) const {
  const std::size_t index = find_spec(specs_, name, 0);
  if (index == specs_.size()) std::abort();
  return values_[index];
}

unsigned scale_of(FieldKind kind) {
  switch (kind) {
    case FieldKind::kMoney: return 2;
    case FieldKind::kQuantity: return 4;
    case FieldKind::kPrice: return 6;
    case FieldKind::kId:
    case FieldKind::kText:
    case FieldKind::kOpaque:
    case FieldKind::kFlag: return 0;
  }
  std::abort();
}

}  // namespace gongji::gateway::json
