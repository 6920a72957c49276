// The list of all knobs: one entry each with name, unit, default, range and when a change takes
// effect. config/gateway.toml and docs/configuration.md are tested against it. Add a knob by adding
// a field to its option struct and a line to knobs.cpp.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.hpp"

namespace gongji::config {

enum class Takes {
  kRestart,  // read once at start
  kReload,   // what the path names is read again on SIGHUP; the path itself at restart
};

// A value on its way into a knob. The text of a number or flag is its TOML spelling.
struct KnobValue {
  enum class Type { kText, kInteger, kBoolean, kOther, kUntyped };
  Type type = Type::kUntyped;  // untyped: from the command line, any type may be spelt
  std::string text;
  std::filesystem::path base;  // what a relative path is relative to
};

using Complaint = std::optional<std::string>;  // nothing = fine

struct Knob {
  std::string name;   // "gateway.http"
  std::string unit;   // "ms", "bytes", "address:port", …
  std::string range;  // "1 … 64", in words for texts
  Takes takes = Takes::kRestart;
  std::string meaning;                               // one sentence
  std::function<std::string(const Settings&)> show;  // as it is spelt in TOML
  std::function<Complaint(Settings&, const KnobValue&)> set;

  [[nodiscard]] std::string default_text() const { return show(Settings{}); }
};

const std::vector<Knob>& knobs();
const Knob* find_knob(std::string_view name);
std::vector<std::string> knob_names();

// config/gateway.toml: every knob, commented out, with what is known of it.
std::string example_file();
// The table of docs/configuration.md, one line a knob, header included.
std::string markdown_table();

}  // namespace gongji::config
