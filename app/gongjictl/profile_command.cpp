#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include "app/gongjictl/commands.hpp"
#include "config/policies.hpp"

namespace gongji::ctl {
namespace {

std::string validity(const Profile& profile) {
  const auto day = [](const std::optional<CivilDate>& date) {
    return date ? to_text(*date) : std::string{"open"};
  };
  return day(profile.valid.from) + " to " + day(profile.valid.to);
}

void check_file(const std::string& path, Settings& settings) {
  const auto profile = config::load_profile(path);
  if (!profile) return fail(settings, profile.error().text());
  std::printf("%s: profile %s of family %s, area %s, valid %s\n  hash %s\n", path.c_str(),
              profile->id.c_str(), profile->family.c_str(),
              profile->area.empty() ? "any" : profile->area.c_str(), validity(*profile).c_str(),
              profile->hash.c_str());
}

void check_folder(const std::string& path, Settings& settings) {
  const auto book = config::load_policies(path);
  if (!book) return fail(settings, book.error().text());
  std::printf("%s: %zu profiles, together valid\n", path.c_str(), book->all().size());
}

}  // namespace

void add_profile_command(CLI::App& app, Settings& settings) {
  auto* group = app.add_subcommand("profile", "Policy profiles");
  group->require_subcommand(1);
  auto* check = group->add_subcommand(
      "check", "Say whether a profile file, or a folder of them, can be used");
  auto path = std::make_shared<std::string>();
  check->add_option("FILE", *path, "one profile, or a folder to check them together")
      ->required()
      ->check(CLI::ExistingPath);
  check->footer(
      "An error names file, line and key.\n\nExamples:\n"
      "  gongjictl profile check config/policies/SH-2025.toml\n  gongjictl profile check "
      "config/policies");
  check->callback([path, &settings] {
    if (std::filesystem::is_directory(*path))
      check_folder(*path, settings);
    else
      check_file(*path, settings);
  });
}

}  // namespace gongji::ctl
