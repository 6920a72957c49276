#include "gateway/json/json_writer.hpp"

#include <algorithm>

#include "gateway/json/decimal.hpp"

namespace gongji::gateway::json {
namespace {

// Without a branch a character, so that the compiler takes many at a time: most text is plain.
bool is_plain(std::string_view text) {
  unsigned found = 0;
  for (const char c : text)
    found |= static_cast<unsigned>(c == '"') | static_cast<unsigned>(c == '\\') |
             static_cast<unsigned>(static_cast<unsigned char>(c) < 0x20);
  return found == 0;
}

bool needs_escape(char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; }

void append_escaped(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
  }
  out += "\\u00";
  out += kHex[static_cast<unsigned char>(c) >> 4];
  out += kHex[static_cast<unsigned char>(c) & 15];
}

void append_plain(std::string& out, std::string_view value) {
  const std::size_t at = out.size();
  out.resize(at + value.size() + 2);
  char* to = out.data() + at;
  *to++ = '"';
  to = std::copy(value.begin(), value.end(), to);
  *to = '"';
}

void append_quoted(std::string& out, std::string_view value) {
  if (is_plain(value)) return append_plain(out, value);
  out += '"';
  std::size_t plain = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (!needs_escape(value[i])) continue;
    out.append(value, plain, i - plain);
    append_escaped(out, value[i]);
    plain = i + 1;
  }
  out.append(value, plain, value.size() - plain);
  out += '"';
}

}  // namespace

void JsonWriter::separate() {
  if (!first_) out_ += ',';
  first_ = false;
}

void JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  first_ = true;
}

void JsonWriter::close(char bracket) {
  out_ += bracket;
  first_ = false;
}

// Names are our own constants: nothing in them needs an escape.
void JsonWriter::key(std::string_view name) {
  const std::size_t at = out_.size();
  out_.resize(at + name.size() + (first_ ? 3 : 4));
  char* to = out_.data() + at;
  if (!first_) *to++ = ',';
  *to++ = '"';
  to = std::copy(name.begin(), name.end(), to);
  *to++ = '"';
  *to = ':';
  first_ = true;  // no comma between a key and its value
}

void JsonWriter::text(std::string_view value) {
  separate();
  append_quoted(out_, value);
}

void JsonWriter::decimal(std::int64_t scaled, unsigned scale) {
  separate();
  append_decimal(out_, scaled, scale);
}

void JsonWriter::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
}

void JsonWriter::null() {
  separate();
  out_ += "null";
}

void JsonWriter::raw(std::string_view name, std::string_view json) {
  key(name);
  out_ += json;
  first_ = false;
}

void JsonWriter::money_text(std::string_view name, Fen amount) {
  key(name);
  out_ += '"';
  append_decimal(out_, amount.count(), 2);
  out_ += '"';
  first_ = false;
}

}  // namespace gongji::gateway::json
