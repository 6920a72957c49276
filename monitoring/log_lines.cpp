#include "monitoring/log_lines.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <ctime>

namespace gongji::monitoring {
namespace {

constexpr std::array<std::string_view, 4> kOwnNames{"ts", "level", "event", "msg"};
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD, where bytes are no UTF-8

bool is_own_name(std::string_view name) {
  for (const std::string_view own : kOwnNames)
    if (own == name) return true;
  return false;
}

// How many bytes of valid UTF-8 begin here (1 to 4), or 0.
std::size_t character_bytes(std::string_view text) {
  const auto byte = [&text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t size = first < 0xC2   ? 0
                           : first < 0xE0 ? 2
                           : first < 0xF0 ? 3
                           : first < 0xF5 ? 4
                                          : 0;
  if (size == 0 || size > text.size()) return 0;
  for (std::size_t at = 1; at < size; ++at)
    if ((byte(at) & 0xC0) != 0x80) return 0;
  const bool overlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
  const bool no_character = (first == 0xED && byte(1) > 0x9F) || (first == 0xF4 && byte(1) > 0x8F);
  return overlong || no_character ? 0 : size;
}

void append_control(std::string& out, unsigned char code) {
  constexpr char kHex[] = "0123456789abcdef";
  out.append("\\u00").push_back(kHex[code >> 4]);
  out.push_back(kHex[code & 15]);
}

// The text without what would end the line or a string; with quotes around it.
void append_string(std::string& out, std::string_view text) {
  out.push_back('"');
  while (!text.empty()) {
    const std::size_t size = character_bytes(text);
    const auto code = static_cast<unsigned char>(text[0]);
    if (size == 0)
      out.append(kReplacement);
    else if (code < 0x20 || code == 0x7F)
      append_control(out, code);
    else if (code == '"' || code == '\\')
      out.append("\\").push_back(text[0]);
    else
      out.append(text.substr(0, size));
    text.remove_prefix(size == 0 ? 1 : size);
  }
  out.push_back('"');
}

void append_number(std::string& out, auto number) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

struct AppendValue {
  std::string& out;

  void operator()(std::string_view text) const { append_string(out, text); }
  void operator()(std::uint64_t number) const { append_number(out, number); }
  void operator()(std::int64_t number) const { append_number(out, number); }
  void operator()(double number) const {
    if (std::isfinite(number))
      append_number(out, number);
    else
      out.append("null");
  }
  void operator()(bool flag) const { out.append(flag ? "true" : "false"); }
};

struct UtcTime {
  std::tm parts{};
  unsigned milliseconds = 0;
};

UtcTime utc_of(LogTime at) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
  const std::time_t whole = std::chrono::system_clock::to_time_t(seconds);
  UtcTime time;
  gmtime_r(&whole, &time.parts);
  time.milliseconds = static_cast<unsigned>(
      std::chrono::duration_cast<std::chrono::milliseconds>(at - seconds).count());
  return time;
}

std::string formatted(const UtcTime& time, const char* pattern) {
  std::array<char, 40> room{};
  const std::size_t size = std::strftime(room.data(), room.size(), pattern, &time.parts);
  const std::string thousandths = std::to_string(1'000 + time.milliseconds).substr(1);
  return std::string(room.data(), size) + '.' + thousandths;
}

void append_member(std::string& out, std::string_view name, std::string_view text) {
  out.append(",\"").append(name).append("\":");
  append_string(out, text);
}

}  // namespace

std::string json_log_line(LogTime at, const LogEvent& event) {
  std::string line = "{\"ts\":\"" + formatted(utc_of(at), "%Y-%m-%dT%H:%M:%S") + "Z\"";
  append_member(line, "level", to_text(event.level));
  append_member(line, "event", event.name);
  append_member(line, "msg", event.sentence);
  for (const LogField& field : event.fields) {
    if (is_own_name(field.name)) continue;
    line.push_back(',');
    append_string(line, field.name);
    line.push_back(':');
    std::visit(AppendValue{line}, field.value.held());
  }
  line.push_back('}');
  return line;
}

std::string text_log_line(LogTime at, const LogEvent& event) {
  std::string line = formatted(utc_of(at), "%H:%M:%S") + ' ';
  line.append(to_text(event.level)).append(": ").append(event.name);
  if (!event.sentence.empty()) {
    std::string sentence;
    append_string(sentence, event.sentence);
    line.append(": ").append(sentence, 1, sentence.size() - 2);
  }
  for (const LogField& field : event.fields) {
    line.append("  ").append(field.name).push_back('=');
    std::visit(AppendValue{line}, field.value.held());
  }
  return line;
}

}  // namespace gongji::monitoring
