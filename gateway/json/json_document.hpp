// A whole JSON document, read once and checked as a whole: a document with a fault anywhere, even
// in a part nobody asks for, is no document. Numbers keep their text, so that money never passes
// through floating point.
//
// Nodes are views: they live as long as the text given to read() and until the next read(). One
// object per thread, reused, so that a message costs no allocation once it is warm.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace gongji::gateway::json {

enum class NodeKind : std::uint8_t { kObject, kArray, kString, kNumber, kTrue, kFalse, kNull };

// One value. Children of a container follow it directly; `size` counts a node with all below it.
struct JsonNode {
  std::string_view key;   // unescaped; "" for array elements and the root
  std::string_view text;  // strings unescaped, numbers as written, "" otherwise
  NodeKind kind = NodeKind::kNull;
  std::uint32_t size = 1;

  [[nodiscard]] bool is_object() const { return kind == NodeKind::kObject; }
  [[nodiscard]] bool is_array() const { return kind == NodeKind::kArray; }
  // "" and null mean absent everywhere in the national interface.
  [[nodiscard]] bool is_absent() const {
    return kind == NodeKind::kNull || (kind == NodeKind::kString && text.empty());
  }
};

// The children of an object or array, for range-for; empty for scalars.
class Children {
 public:
  class Iterator {
   public:
    explicit Iterator(const JsonNode* node) : node_(node) {}
    const JsonNode& operator*() const { return *node_; }
    Iterator& operator++() {
      node_ += node_->size;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return node_ != other.node_; }

   private:
    const JsonNode* node_;
  };
  explicit Children(const JsonNode& parent) : parent_(&parent) {}
  [[nodiscard]] Iterator begin() const { return Iterator{parent_ + 1}; }
  [[nodiscard]] Iterator end() const { return Iterator{parent_ + parent_->size}; }

 private:
  const JsonNode* parent_;
};
inline Children children(const JsonNode& parent) { return Children{parent}; }

class JsonDocument {
 public:
  JsonDocument();
  ~JsonDocument();
  JsonDocument(const JsonDocument&) = delete;
  JsonDocument& operator=(const JsonDocument&) = delete;

  // The root, which is an object, or nothing when `text` is not one whole JSON object in UTF-8 (a
  // byte-order mark in front is skipped, nesting is bounded). `text` must be readable for
  // kReadablePadding bytes beyond its end.
  const JsonNode* read(std::string_view text);

 private:
  struct Reader;
  std::unique_ptr<Reader> reader_;
  std::vector<JsonNode> nodes_;
};

}  // namespace gongji::gateway::json
