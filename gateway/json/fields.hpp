// Reads the documented fields of one JSON object by a table: each field is found, checked and
// normalised once, also under its name in capitals; everything else in the object is ignored. A
// fault is a refusal that names the field by its path and the rule it breaks.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/event.hpp"
#include "domain/result.hpp"
#include "gateway/json/json_document.hpp"

namespace gongji::gateway::json {

enum class FieldKind : std::uint8_t {
  kId,        // text without control characters; numbers are taken as their text
  kText,      // any text; numbers as their text
  kOpaque,    // local extension: text is kept, anything else ignored
  kMoney,     // whole fen after parsing, never negative
  kQuantity,  // four decimals, rounded
  kPrice,     // six decimals, rounded
  kFlag,      // true/false, or digits worth 0 or 1 ("0", "00", "01", 1)
};

struct FieldSpec {
  std::string_view name;  // static storage
  FieldKind kind = FieldKind::kText;
  std::uint16_t length_max = 0;  // characters; texts only
  bool required = false;
};
constexpr bool kRequired = true;

struct FieldValue {
  bool present = false;
  std::string_view text;    // kId, kText, kOpaque: lives as long as the document
  std::int64_t scaled = 0;  // kMoney, kQuantity, kPrice; kFlag: 0 or 1
};

// The values of one object, in the order of its table.
class FieldValues {
 public:
  explicit FieldValues(std::span<const FieldSpec> specs) : specs_(specs), values_(specs.size()) {}

  [[nodiscard]] std::span<const FieldSpec> specs() const { return specs_; }
  [[nodiscard]] const FieldValue& value(std::size_t index) const { return values_[index]; }
  [[nodiscard]] FieldValue& value(std::size_t index) { return values_[index]; }

  // By name; a name that is not in the table ends the process.
  [[nodiscard]] bool has(std::string_view name) const { return at(name).present; }
  [[nodiscard]] std::string_view text(std::string_view name) const { return at(name).text; }
  [[nodiscard]] std::optional<Fen> money(std::string_view name) const;
  [[nodiscard]] Fen money_or_zero(std::string_view name) const { return Fen{at(name).scaled}; }
  [[nodiscard]] std::int64_t scaled(std::string_view name) const { return at(name).scaled; }
  [[nodiscard]] bool flag(std::string_view name, bool when_absent) const;

 private:
  [[nodiscard]] const FieldValue& at(std::string_view name) const;

  std::span<const FieldSpec> specs_;
  std::vector<FieldValue> values_;
};

// `path` names the object in refusals: "input.druginfo". The first fault wins.
std::optional<Refusal> read_fields(const JsonNode& object, std::string_view path,
                                   FieldValues& values);

// The child object or list of that name, or null when it is absent ("" and null included). Refused:
// a name that comes twice.
Result<const JsonNode*, Refusal> read_child(const JsonNode& object, std::string_view path,
                                            std::string_view name);

// The objects of the list of that name, in order; one object alone is a list of one, an absent list
// has none. Refused: what is no object, and more than `rows_max`.
Result<std::vector<const JsonNode*>, Refusal> read_rows(const JsonNode& object,
                                                        std::string_view path,
                                                        std::string_view name,
                                                        std::size_t rows_max);

// E_FIELD: "<path>.<field> <rule>"; path "" = the field stands at the top.
Refusal wrong_field(std::string_view path, std::string_view field, std::string_view rule);

// The decimals a kind keeps; 0 for kinds that are no decimals.
unsigned scale_of(FieldKind kind);

}  // namespace gongji::gateway::json
