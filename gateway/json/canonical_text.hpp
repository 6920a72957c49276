// The canonical text of a business input: every documented field that was sent, in the order of its
// table, amounts normalised, one line each. Two inputs mean the same exactly when their texts are
// equal, whatever the order, spelling of numbers or extra fields of the JSON. It is journaled with
// the record and its SHA-256 is the digest of the message.
//
//   >druginfo
//   psn_no=44010000000000000000000088
//   medfee_sumamt=86.50
//   >drugdetail[0]
//   feedetl_sn=1
//
// Backslash and newline in a value are written as \\ and \n.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/json/fields.hpp"

namespace gongji::gateway::json {

void append_section(std::string& text, std::string_view section, const FieldValues& values);
// "drugdetail", 0 → section "drugdetail[0]".
std::string indexed(std::string_view list, std::size_t index);

// A heading, or a field of the section above it. Views point into the text.
struct CanonicalLine {
  bool is_heading = false;
  std::string_view name;                   // "drugdetail[0]" or "feedetl_sn"
  std::string_view value;                  // of a field, as written
  [[nodiscard]] std::string text() const;  // of a field, its escapes undone
};
// Takes the next line off the front; nothing at the end. For who reads a text once, in order.
std::optional<CanonicalLine> take_canonical_line(std::string_view& text);

struct CanonicalField {
  std::string_view name;
  std::string value;
};
struct CanonicalSection {
  std::string_view name;  // "drugdetail[0]"
  std::vector<CanonicalField> fields;

  // "" when it was not sent.
  [[nodiscard]] std::string_view value(std::string_view field) const;
};
// Views point into `text`.
std::vector<CanonicalSection> parse_canonical(std::string_view text);

// "druginfo.medfee_sumamt", "drugdetail[1].cnt": where `sent` first departs from `recorded`, or
// nothing when they are equal.
std::optional<std::string> first_difference(std::string_view recorded, std::string_view sent);

}  // namespace gongji::gateway::json
