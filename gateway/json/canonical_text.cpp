#include "gateway/json/canonical_text.hpp"

#include <algorithm>

#include "gateway/json/decimal.hpp"

namespace gongji::gateway::json {
namespace {

void append_escaped(std::string& out, std::string_view value) {
  constexpr std::size_t kNone = std::string_view::npos;
  if (value.find('\\') == kNone && value.find('\n') == kNone) {
    out += value;  // as nearly all of them
    return;
  }
  for (const char c : value) {
    if (c == '\\') {
      out += "\\\\";
    } else if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
}

std::string unescaped(std::string_view value) {
  if (value.find('\\') == std::string_view::npos) return std::string{value};
  std::string out;
  out.reserve(value.size());
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool escape = value[i] == '\\' && i + 1 < value.size();
    if (escape) ++i;
    out += escape && value[i] == 'n' ? '\n' : value[i];
  }
  return out;
}

void append_value(std::string& out, FieldKind kind, const FieldValue& value) {
  switch (kind) {
    case FieldKind::kId:
    case FieldKind::kText:
    case FieldKind::kOpaque: append_escaped(out, value.text); return;
    case FieldKind::kMoney:
    case FieldKind::kQuantity:
    case FieldKind::kPrice:
    case FieldKind::kFlag: append_decimal(out, value.scaled, scale_of(kind)); return;
  }
}

// About what a section takes; more only with much to escape.
std::size_t section_bytes(std::string_view section, const FieldValues& values) {
  constexpr std::size_t kNumberBytes = 24;
  std::size_t bytes = section.size() + 2;
  for (std::size_t i = 0; i < values.specs().size(); ++i)
    if (values.value(i).present)
      bytes +=
          values.specs()[i].name.size() + std::max(values.value(i).text.size(), kNumberBytes) + 2;
  return bytes;
}

// One comparable entry: a section's heading (value "") or a field in it.
struct Entry {
  std::string path;
  std::string value;
  bool operator==(const Entry&) const = default;
};

std::vector<Entry> flatten(std::string_view text) {
  std::vector<Entry> entries;
  for (const CanonicalSection& section : parse_canonical(text)) {
    const std::string name{section.name};
    entries.push_back({name, ""});
    for (const CanonicalField& field : section.fields)
      entries.push_back({name + '.' + std::string{field.name}, field.value});
  }
  return entries;
}

bool has_path(const std::vector<Entry>& entries, const std::string& path) {
  return std::any_of(entries.begin(), entries.end(),
                     [&](const Entry& entry) { return entry.path == path; });
}

}  // namespace

void append_section(std::string& text, std::string_view section, const FieldValues& values) {
  text.reserve(text.size() + section_bytes(section, values));
  text += '>';
  text += section;
  text += '\n';
  for (std::size_t i = 0; i < values.specs().size(); ++i) {
    const FieldValue& value = values.value(i);
    if (!value.present) continue;
    text += values.specs()[i].name;
    text += '=';
    append_value(text, values.specs()[i].kind, value);
    text += '\n';
  }
}

std::string indexed(std::string_view list, std::size_t index) {
  return std::string{list} + '[' + std::to_string(index) + ']';
}

std::string_view CanonicalSection::value(std::string_view field) const {
  for (const CanonicalField& each : fields)
    if (each.name == field) return each.value;
  return {};
}

std::optional<CanonicalLine> take_canonical_line(std::string_view& text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.starts_with('>')) return CanonicalLine{true, line.substr(1), {}};
    const auto equals = line.find('=');
    if (equals != std::string_view::npos)
      return CanonicalLine{false, line.substr(0, equals), line.substr(equals + 1)};
  }
  return std::nullopt;
}

std::string CanonicalLine::text() const { return unescaped(value); }

std::vector<CanonicalSection> parse_canonical(std::string_view text) {
  std::vector<CanonicalSection> sections;
  while (const auto line = take_canonical_line(text)) {
    if (line->is_heading) {
      sections.push_back({line->name, {}});
    } else if (!sections.empty()) {
      sections.back().fields.push_back({line->name, line->text()});
    }
  }
  return sections;
}

std::optional<std::string> first_difference(std::string_view recorded, std::string_view sent) {
  const std::vector<Entry> first = flatten(recorded);
  const std::vector<Entry> now = flatten(sent);
  const auto [a, b] = std::mismatch(first.begin(), first.end(), now.begin(), now.end());
  if (a == first.end() && b == now.end()) return std::nullopt;
  if (a == first.end()) return b->path;
  if (b == now.end() || a->path == b->path) return a->path;
  // One side lacks a field: it is the one whose name the other side does not know.
  return has_path(now, a->path) ? b->path : a->path;
}

}  // namespace gongji::gateway::json
