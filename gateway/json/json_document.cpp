#include "gateway/json/json_document.hpp"

#include <simdjson.h>

#include "gateway/exchange.hpp"

namespace gongji::gateway::json {
namespace {

using simdjson::ondemand::json_type;
using simdjson::ondemand::value;

static_assert(kReadablePadding >= simdjson::SIMDJSON_PADDING);

constexpr unsigned kDepthMax = 32;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view trimmed(std::string_view token) {
  const std::size_t last = token.find_last_not_of(" \t\r\n");
  return token.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t digits_from(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

// The number grammar of RFC 8259; simdjson's lazy reader hands out tokens unchecked.
bool is_number(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const std::size_t integer = digits_from(text, at);
  if (integer == 0 || (integer > 1 && text[at] == '0')) return false;
  at += integer;
  if (at < text.size() && text[at] == '.') {
    const std::size_t fraction = digits_from(text, at + 1);
    if (fraction == 0) return false;
    at += 1 + fraction;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    const std::size_t exponent = digits_from(text, at);
    if (exponent == 0) return false;
    at += exponent;
  }
  return at == text.size();
}

// Walks every value, because what simdjson's lazy reader is not asked for it does not check.
class Walk {
 public:
  explicit Walk(std::vector<JsonNode>& nodes) : nodes_(nodes) {}

  bool fields(simdjson::simdjson_result<simdjson::ondemand::object> object, std::size_t parent,
              unsigned depth) {
    if (object.error() != simdjson::SUCCESS || depth > kDepthMax) return false;
    for (auto field : object) {
      std::string_view key;
      if (field.error() != simdjson::SUCCESS) return false;
      if (field.unescaped_key().get(key) != simdjson::SUCCESS) return false;
      if (!node(field.value(), key, depth)) return false;
    }
    close(parent);
    return true;
  }

 private:
  bool node(simdjson::simdjson_result<value> result, std::string_view key, unsigned depth) {
    value each;
    json_type type{};
    if (result.get(each) != simdjson::SUCCESS) return false;
    if (each.type().get(type) != simdjson::SUCCESS) return false;
    const std::size_t at = nodes_.size();
    nodes_.push_back({key, {}, NodeKind::kNull, 1});
    switch (type) {
      case json_type::object:
        nodes_[at].kind = NodeKind::kObject;
        return fields(each.get_object(), at, depth + 1);
      case json_type::array:
        nodes_[at].kind = NodeKind::kArray;
        return elements(each.get_array(), at, depth + 1);
      case json_type::string:
        nodes_[at].kind = NodeKind::kString;
        return each.get_string().get(nodes_[at].text) == simdjson::SUCCESS;
      case json_type::number:
        nodes_[at].kind = NodeKind::kNumber;
        nodes_[at].text = trimmed(each.raw_json_token());
        return is_number(nodes_[at].text);
      case json_type::boolean: return boolean(trimmed(each.raw_json_token()), nodes_[at]);
      case json_type::null: return trimmed(each.raw_json_token()) == "null";
    }
    return false;
  }

  bool elements(simdjson::simdjson_result<simdjson::ondemand::array> array, std::size_t parent,
                unsigned depth) {
    if (array.error() != simdjson::SUCCESS || depth > kDepthMax) return false;
    for (auto element : array)
      if (!node(element, {}, depth)) return false;
    close(parent);
    return true;
  }

  static bool boolean(std::string_view token, JsonNode& node) {
    node.kind = token == "true" ? NodeKind::kTrue : NodeKind::kFalse;
    return token == "true" || token == "false";
  }

  void close(std::size_t parent) {
    nodes_[parent].size = static_cast<std::uint32_t>(nodes_.size() - parent);
  }

  std::vector<JsonNode>& nodes_;
};

}  // namespace

struct JsonDocument::Reader {
  simdjson::ondemand::parser parser;
};

JsonDocument::JsonDocument() : reader_(std::make_unique<Reader>()) {}
JsonDocument::~JsonDocument() = default;

const JsonNode* JsonDocument::read(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  nodes_.clear();
  const simdjson::padded_string_view padded{text.data(), text.size(),
                                            text.size() + kReadablePadding};
  simdjson::ondemand::document document;
  if (reader_->parser.iterate(padded).get(document) != simdjson::SUCCESS) return nullptr;
  nodes_.push_back({{}, {}, NodeKind::kObject, 1});
  if (!Walk{nodes_}.fields(document.get_object(), 0, 1)) return nullptr;
  // A location after the root object means that something trails it.
  return document.current_location().error() == simdjson::OUT_OF_BOUNDS ? nodes_.data() : nullptr;
}

}  // namespace gongji::gateway::json
