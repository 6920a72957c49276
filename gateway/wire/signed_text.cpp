#include "gateway/wire/signed_text.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace gongji::gateway::wire {
namespace {

using json::JsonNode;
using json::NodeKind;

void append_escaped(std::string& out, std::string_view text, std::string_view also) {
  for (const char c : text) {
    if (c == '\\' || also.find(c) != std::string_view::npos) out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
}

std::string_view value_of(const JsonNode& node) {
  switch (node.kind) {
    case NodeKind::kTrue: return "true";
    case NodeKind::kFalse: return "false";
    case NodeKind::kNull: return "";
    case NodeKind::kString:
    case NodeKind::kNumber:
    case NodeKind::kObject:
    case NodeKind::kArray: return node.text;
  }
  return "";
}

void add_lines(std::vector<std::string>& lines, const std::string& path, const JsonNode& node) {
  if (!node.is_object() && !node.is_array()) {
    std::string line = path + '=';
    append_escaped(line, value_of(node), "");
    lines.push_back(std::move(line));
    return;
  }
  std::size_t index = 0;
  for (const JsonNode& child : json::children(node)) {
    std::string below = path + '.';
    if (node.is_array()) {
      below += std::to_string(index++);
    } else {
      append_escaped(below, child.key, ".=");
    }
    add_lines(lines, below, child);
  }
}

}  // namespace

std::string signed_text(const Envelope& envelope, const JsonNode& input) {
  std::vector<std::string> lines;
  for (const auto& [name, value] :
       {std::pair{"fixmedins_code=", envelope.fixmedins_code}, std::pair{"infno=", envelope.infno},
        std::pair{"msgid=", envelope.msgid}}) {
    lines.emplace_back(name);
    append_escaped(lines.back(), value, "");
  }
  add_lines(lines, "input", input);
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

}  // namespace gongji::gateway::wire
