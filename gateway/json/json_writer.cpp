#include "gateway/json/json_writer.hpp"

#include <algorithm>
#include <cstring>

#include "gateway/json/decimal.hpp"

namespace gongji::gateway::json {
namespace {

bool needs_escape(char c);

// Eight characters at a time: most text is plain. A byte of `word` that is below 0x20, a quote or a
// backslash borrows from its own highest bit; bytes above 0x7F have that bit set and are plain.
bool is_plain(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kHighest = kOnes << 7;
  std::size_t at = 0;
  std::uint64_t found = 0;
  for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    const std::uint64_t quote = word ^ (kOnes * '"');
    const std::uint64_t backslash = word ^ (kOnes * '\\');
    found |= ((word - kOnes * 0x20) | (quote - kOnes) | (backslash - kOnes)) & ~word & kHighest;
  }
  return found == 0 &&
         std::none_of(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), needs_escape);
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

char* put(char* to, std::string_view text) { return std::copy(text.begin(), text.end(), to); }

char* put_quoted(char* to, std::string_view plain) {
  *to++ = '"';
  to = put(to, plain);
  *to++ = '"';
  return to;
}

void append_quoted(std::string& out, std::string_view value) {
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

// Room for so many characters, which the caller fills. One growth for a whole field: most of the
// time of an answer goes into writing fields.
char* JsonWriter::grow(std::size_t bytes) {
  const std::size_t at = out_.size();
  out_.resize(at + bytes);
  return out_.data() + at;
}

// Names are our own constants: nothing in them needs an escape.
char* JsonWriter::grow_after(std::string_view name, std::size_t bytes) {
  char* to = grow(name.size() + (first_ ? 3 : 4) + bytes);
  if (!first_) *to++ = ',';
  to = put_quoted(to, name);
  *to++ = ':';
  first_ = false;
  return to;
}

void JsonWriter::key(std::string_view name) {
  grow_after(name, 0);
  first_ = true;  // no comma between a key and its value
}

void JsonWriter::text(std::string_view value) {
  separate();
  if (is_plain(value)) {
    put_quoted(grow(value.size() + 2), value);
  } else {
    append_quoted(out_, value);
  }
}

void JsonWriter::text(std::string_view name, std::string_view value) {
  if (is_plain(value)) {
    put_quoted(grow_after(name, value.size() + 2), value);
  } else {
    key(name), text(value);
  }
}

void JsonWriter::decimal(std::int64_t scaled, unsigned scale) {
  separate();
  append_decimal(out_, scaled, scale);
}

void JsonWriter::decimal(std::string_view name, std::int64_t scaled, unsigned scale) {
  DecimalText room;
  const std::string_view digits = decimal_text(room, scaled, scale);
  put(grow_after(name, digits.size()), digits);
}

void JsonWriter::fields(std::string_view members) {
  separate();
  out_ += members;
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
  put(grow_after(name, json.size()), json);
}

void JsonWriter::money_text(std::string_view name, Fen amount) {
  DecimalText room;
  const std::string_view digits = decimal_text(room, amount.count(), 2);
  put_quoted(grow_after(name, digits.size() + 2), digits);
}

}  // namespace gongji::gateway::json
