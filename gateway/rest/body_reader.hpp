// Reads the JSON body of a request by tables of fields and collects every fault instead of the
// first one, so that whoever filled a form learns of all its wrong fields at once. Builds the
// canonical text of what was sent on the way (docs/rest.md, "The same key again").
//
// The views in the values live until the next body is read on the same thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/command.hpp"
#include "gateway/json/fields.hpp"
#include "gateway/rest/problem.hpp"

namespace gongji::gateway::rest {

class BodyReader {
 public:
  // An empty body reads as an empty object. `body` must be readable for kReadablePadding bytes
  // beyond its end.
  explicit BodyReader(std::string_view body);

  // The fields of the body itself; they head the canonical text.
  json::FieldValues fields(std::span<const json::FieldSpec> specs);
  // The field was sent as "" or null, which reads as absent everywhere else: an explicit "none".
  bool emptied(std::string_view field);
  // The elements of a list of objects; absent = none. Each adds a section to the canonical text.
  std::vector<json::FieldValues> objects(std::string_view list,
                                         std::span<const json::FieldSpec> specs);
  // The list `modes` of the body (path "") or of an element ("members[0]"); nothing = not sent.
  std::optional<std::vector<Mode>> modes(std::string_view path);
  // A date field; nothing when it is absent, a fault when it is no date.
  std::optional<CivilDate> date(const json::FieldValues& values, std::string_view path,
                                std::string_view field);

  void fault(std::string_view path, std::string_view field, std::string_view rule);
  [[nodiscard]] bool ok() const { return faults_.empty(); }
  [[nodiscard]] const std::vector<FieldFault>& faults() const { return faults_; }
  [[nodiscard]] const std::string& canonical() const { return canonical_; }

 private:
  json::FieldValues read(const json::JsonNode& object, std::string_view path,
                         std::span<const json::FieldSpec> specs);
  const json::JsonNode* list_of(const json::JsonNode* object, std::string_view path,
                                std::string_view name);
  // The object at "" or "members[0]"; null when there is none.
  const json::JsonNode* object_at(std::string_view path);

  const json::JsonNode* root_ = nullptr;  // null: the body was empty or unreadable
  std::vector<FieldFault> faults_;
  std::string canonical_;
};

}  // namespace gongji::gateway::rest
