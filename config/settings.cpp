#include "config/settings.hpp"

#include <filesystem>

#include "config/knobs.hpp"
#include "config/nearest.hpp"
#include "config/toml_document.hpp"

namespace gongji::config {
namespace {

using Type = KnobValue::Type;

KnobValue value_of(const TomlDocument& document, const toml::node& node) {
  const std::filesystem::path folder = std::filesystem::path{document.path}.parent_path();
  if (const auto text = node.value_exact<std::string>()) return {Type::kText, *text, folder};
  if (const auto number = node.value_exact<std::int64_t>())
    return {Type::kInteger, std::to_string(*number), folder};
  if (const auto flag = node.value_exact<bool>())
    return {Type::kBoolean, *flag ? "true" : "false", folder};
  return {Type::kOther, "", folder};
}

bool is_section(const std::string& name) {
  for (const std::string& known : knob_names())
    if (known.starts_with(name + ".")) return true;
  return false;
}

// Sets every knob named in a table and the tables within it; the first error ends it.
std::optional<ConfigError> apply(const TomlDocument& document, const toml::table& table,
                                 const std::string& prefix, Settings& settings) {
  for (auto&& [key, node] : table) {
    const std::string name = prefix + std::string{key.str()};
    const unsigned line = key.source().begin.line;
    if (const Knob* knob = find_knob(name)) {
      if (auto complaint = knob->set(settings, value_of(document, node)))
        return ConfigError{document.path, line, name, *complaint};
    } else if (node.is_table() && is_section(name)) {
      if (auto error = apply(document, *node.as_table(), name + ".", settings)) return error;
    } else {
      return ConfigError{document.path, line, name, unknown_key_text(name, knob_names())};
    }
  }
  return std::nullopt;
}

std::optional<ConfigError> apply(const std::vector<Override>& overrides, Settings& settings) {
  for (const Override& each : overrides) {
    const Knob* knob = find_knob(each.key);
    if (knob == nullptr)
      return ConfigError{each.flag, 0, each.key, unknown_key_text(each.key, knob_names())};
    if (auto complaint = knob->set(settings, {Type::kUntyped, each.value, {}}))
      return ConfigError{each.flag, 0, each.key, *complaint};
  }
  return std::nullopt;
}

// What no single knob can see.
std::optional<ConfigError> check_together(const Settings& settings, const std::string& file) {
  if (!is_loopback(settings.ops.address) && settings.ops.token_file.empty())
    return ConfigError{file, 0, "ops.listen",
                       "is reachable from other machines; set ops.token_file, or listen on "
                       "127.0.0.1"};
  const gateway::TlsFiles& tls = settings.gateway.tls;
  if (tls.certificate.empty() != tls.key.empty())
    return ConfigError{file, 0, tls.key.empty() ? "tls.key" : "tls.certificate",
                       "is missing: a certificate and its key come together"};
  if (!tls.client_ca.empty() && tls.certificate.empty())
    return ConfigError{file, 0, "tls.client_ca", "needs tls.certificate and tls.key"};
  return std::nullopt;
}

// Of the tree the program was built from; where that is not, the one the package installs.
std::filesystem::path built_in_folder() {
  std::error_code ignored;
  return std::filesystem::is_directory(GONGJI_CONFIG_DIR, ignored) ? GONGJI_CONFIG_DIR
                                                                   : "/etc/gongji";
}

Settings defaults() {
  const std::filesystem::path folder = built_in_folder();
  Settings settings;
  settings.paths.institutions_file = (folder / settings.paths.institutions_file).string();
  settings.paths.policies_dir = (folder / settings.paths.policies_dir).string();
  return settings;
}

}  // namespace

Result<Settings, ConfigError> load_settings(const std::optional<std::string>& file,
                                            const std::vector<Override>& overrides) {
  Settings settings = defaults();
  if (file) {
    const auto document = read_toml(*file);
    if (!document) return document.error();
    if (auto error = apply(*document, document->root, "", settings)) return *error;
  }
  if (auto error = apply(overrides, settings)) return *error;
  if (auto error = check_together(settings, file.value_or("configuration"))) return *error;
  return settings;
}

Result<Override, ConfigError> parse_override(std::string_view argument) {
  const std::size_t equals = argument.find('=');
  if (equals == std::string_view::npos || equals == 0)
    return ConfigError{"--set", 0, std::string{argument}, "must be section.key=value"};
  return Override{std::string{argument.substr(0, equals)},
                  std::string{argument.substr(equals + 1)}};
}

bool is_loopback(std::string_view address) {
  return address == "::1" || address.starts_with("127.");
}

stores::StoreOptions Settings::default_store() {
  stores::StoreOptions store;
  store.data_dir = "data";
  return store;
}

bool Settings::business_listeners_are_loopback() const {
  return is_loopback(gateway.http.address) && is_loopback(gateway.tcp.address);
}

}  // namespace gongji::config
