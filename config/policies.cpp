#include "config/policies.hpp"

#include <algorithm>
#include <vector>

#include "config/profile_reader.hpp"

namespace gongji::config {
namespace {

struct LoadedProfile {
  Profile profile;
  std::string file;
  unsigned id_line = 0;
  unsigned valid_line = 0;
};

unsigned line_of(const TomlDocument& document, std::string_view key) {
  const toml::node* node = document.root.get(key);
  return node == nullptr ? 0 : node->source().begin.line;
}

Result<LoadedProfile, ConfigError> load(const std::filesystem::path& file) {
  const auto document = read_toml(file);
  if (!document) return document.error();
  Findings findings;
  Profile profile = read_profile(*document, findings);
  if (findings.first()) return *findings.first();
  return LoadedProfile{std::move(profile), document->path, line_of(*document, "id"),
                       line_of(*document, "valid")};
}

// Equal prefixes only: among different ones the longer governs.
bool govern_the_same(const Profile& left, const Profile& right) {
  return left.family == right.family || left.area == right.area;
}

std::optional<ConfigError> clash(const LoadedProfile& earlier, const LoadedProfile& later) {
  const Profile& left = earlier.profile;
  const Profile& right = later.profile;
  if (left.id == right.id)
    return ConfigError{later.file, later.id_line, "id",
                       right.id + " is already used by " + earlier.file};
  if (govern_the_same(left, right) && left.valid.overlaps(right.valid))
    return ConfigError{
        later.file, later.valid_line, "valid",
        "overlaps " + left.id + " (" + earlier.file + ") of the same family or area"};
  return std::nullopt;
}

std::vector<std::filesystem::path> toml_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator{folder, error})
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

Result<Profile, ConfigError> load_profile(const std::filesystem::path& file) {
  auto loaded = load(file);
  if (!loaded) return loaded.error();
  return std::move(loaded->profile);
}

Result<ProfileBook, ConfigError> load_policies(const std::filesystem::path& folder) {
  std::vector<LoadedProfile> loaded;
  for (const std::filesystem::path& file : toml_files(folder)) {
    auto next = load(file);
    if (!next) return next.error();
    for (const LoadedProfile& earlier : loaded)
      if (auto error = clash(earlier, *next)) return *error;
    loaded.push_back(std::move(*next));
  }
  if (loaded.empty())
    return ConfigError{folder.string(), 0, "", "no policy profile (*.toml) can be read here"};
  std::vector<Profile> profiles;
  profiles.reserve(loaded.size());
  for (LoadedProfile& each : loaded) profiles.push_back(std::move(each.profile));
  return ProfileBook{std::move(profiles)};
}

}  // namespace gongji::config
