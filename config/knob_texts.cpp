// The two documents made from the knob table.
#include "config/knobs.hpp"

namespace gongji::config {
namespace {

std::string section_of(const Knob& knob) { return knob.name.substr(0, knob.name.find('.')); }
std::string key_of(const Knob& knob) { return knob.name.substr(knob.name.find('.') + 1); }

std::string takes_text(const Knob& knob) {
  return knob.takes == Takes::kReload ? "reload (content)" : "restart";
}

}  // namespace

std::string example_file() {
  std::string out =
      "# Every knob of gongjid, commented out at its default. A relative path is relative to this\n"
      "# file. \"restart\": read once at start; \"reload (content)\": what the path names is read\n"
      "# again on SIGHUP. The same table, for reading, is in docs/configuration.md.\n";
  std::string section;
  for (const Knob& knob : knobs()) {
    if (section_of(knob) != section) {
      section = section_of(knob);
      out += "\n[" + section + "]\n";
    }
    out += "# " + knob.meaning + "\n";
    out += "# unit: " + knob.unit + " · default: " + knob.default_text() +
           " · range: " + knob.range + " · " + takes_text(knob) + "\n";
    out += "#" + key_of(knob) + " = " + knob.default_text() + "\n";
  }
  return out;
}

std::string markdown_table() {
  std::string out =
      "| knob | unit | default | range | takes effect | meaning |\n|---|---|---|---|---|---|\n";
  for (const Knob& knob : knobs())
    out += "| `" + knob.name + "` | " + knob.unit + " | `" + knob.default_text() + "` | " +
           knob.range + " | " + takes_text(knob) + " | " + knob.meaning + " |\n";
  return out;
}

}  // namespace gongji::config
