#include "gateway/wire/signed_text.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "gateway/wire/file_array.hpp"

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

// What stands for the file of a 9101.
struct FileDigest {
  bool wanted;
  const StreamedFile* streamed;

  [[nodiscard]] bool stands_at(std::string_view path) const {
    return wanted && path == kFileArrayPath;
  }
  [[nodiscard]] std::string of(const JsonNode& array) const {
    if (streamed != nullptr) return streamed->sm3;
    const auto file = file_in_array(array);
    return file ? sm3_of(*file) : std::string{};
  }
};

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

void add_lines(std::vector<std::string>& lines, const std::string& path, const JsonNode& node,
               const FileDigest& file) {
  if (file.stands_at(path)) {
    lines.push_back(path + '=' + file.of(node));
    return;
  }
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
    add_lines(lines, below, child, file);
  }
}

}  // namespace

std::string signed_text(const Envelope& envelope, const JsonNode& input, const StreamedFile* file) {
  std::vector<std::string> lines;
  for (const auto& [name, value] :
       {std::pair{"fixmedins_code=", envelope.fixmedins_code}, std::pair{"infno=", envelope.infno},
        std::pair{"msgid=", envelope.msgid}}) {
    lines.emplace_back(name);
    append_escaped(lines.back(), value, "");
  }
  add_lines(lines, "input", input, {envelope.infno == kUploadInfno, file});
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

}  // namespace gongji::gateway::wire
