#include "config/knobs.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "tests/config/scratch_folder.hpp"
#include "tests/test_places.hpp"

namespace gongji::config {
namespace {

const std::filesystem::path kSource = GONGJI_SOURCE_DIR;

// With GONGJI_WRITE=1 in the environment the documents are written instead of compared.
bool writing() { return std::getenv("GONGJI_WRITE") != nullptr; }

TEST(Knobs, names_are_unique_and_have_a_section) {
  std::set<std::string> seen;
  for (const Knob& knob : knobs()) {
    EXPECT_TRUE(seen.insert(knob.name).second) << knob.name;
    EXPECT_EQ(std::count(knob.name.begin(), knob.name.end(), '.'), 1) << knob.name;
    EXPECT_FALSE(knob.unit.empty() || knob.range.empty() || knob.meaning.empty()) << knob.name;
  }
}

TEST(Knobs, every_default_is_accepted_and_changes_nothing) {
  for (const Knob& knob : knobs()) {
    Settings settings;
    std::string text = knob.default_text();
    if (text.starts_with('"')) text = text.substr(1, text.size() - 2);
    const Complaint complaint = knob.set(settings, {KnobValue::Type::kUntyped, text, {}});
    EXPECT_FALSE(complaint) << knob.name << ": " << complaint.value_or("");
    EXPECT_EQ(knob.show(settings), knob.default_text()) << knob.name;
  }
}

// Two lines of the table that lead to one field would show here.
TEST(Knobs, each_changes_its_own_field_only) {
  for (const Knob& knob : knobs()) {
    Settings settings;
    for (const std::string candidate :
         {"127.0.0.9:99", "redis://127.0.0.1", "error", "json", "1048576", "1025", "17", "true"})
      if (!knob.set(settings, {KnobValue::Type::kUntyped, candidate, {}}) &&
          knob.show(settings) != knob.default_text())
        break;
    EXPECT_NE(knob.show(settings), knob.default_text()) << knob.name;
    for (const Knob& other : knobs()) {
      if (other.name == knob.name) continue;
      EXPECT_EQ(other.show(settings), other.default_text()) << knob.name << " → " << other.name;
    }
  }
}

TEST(Knobs, the_example_file_lists_every_knob) {
  const std::filesystem::path file = kSource / "config/gateway.toml";
  if (writing()) std::ofstream{file} << example_file();
  EXPECT_EQ(read_whole(file), example_file()) << "run test_config with GONGJI_WRITE=1";
}

// Uncommented, it is a complete configuration that changes nothing.
TEST(Knobs, the_example_file_uncommented_is_accepted) {
  std::string text = example_file();
  for (std::size_t at = text.find("\n#"); at != std::string::npos; at = text.find("\n#", at + 1))
    if (text[at + 2] != ' ') text.erase(at + 1, 1);
  const ScratchFolder folder;
  const auto settings = load_settings(folder.write("g.toml", text), {});
  ASSERT_TRUE(settings.ok()) << settings.error().text();
  for (const Knob& knob : knobs()) {
    if (knob.unit == "path") continue;  // now relative to the file
    EXPECT_EQ(knob.show(*settings), knob.default_text()) << knob.name;
  }
}

TEST(Knobs, the_example_file_is_accepted_as_it_is) {
  const auto settings = load_settings((kSource / "config/gateway.toml").string(), {});
  EXPECT_TRUE(settings.ok()) << settings.error().text();
}

TEST(Knobs, the_documentation_has_the_same_table) {
  const std::filesystem::path file = kSource / "docs/configuration.md";
  std::string text = read_whole(file);
  const std::string begin = "<!-- knobs -->\n";
  const std::string end = "<!-- end of knobs -->";
  const std::size_t from = text.find(begin);
  const std::size_t to = text.find(end);
  ASSERT_TRUE(from != std::string::npos && to != std::string::npos && from < to);
  const std::size_t start = from + begin.size();
  if (writing()) {
    text.replace(start, to - start, markdown_table());
    std::ofstream{file} << text;
  }
  EXPECT_EQ(read_whole(file).substr(start, markdown_table().size()) + end, markdown_table() + end)
      << "run test_config with GONGJI_WRITE=1";
}

}  // namespace
}  // namespace gongji::config
