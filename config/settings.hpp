// Everything that can be set from outside, in one value. The option structs belong to the folders
// that use them; here they are only filled, from the defaults, then a TOML file, then single
// settings of the command line (the later one wins), and checked. Nobody else reads files or the
// environment. The knobs are listed in config/knobs.cpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actors/options.hpp"
#include "config/config_error.hpp"
#include "counterparties/options.hpp"
#include "domain/result.hpp"
#include "gateway/options.hpp"
#include "monitoring/options.hpp"
#include "ports/file_shelf.hpp"
#include "stores/options.hpp"
#include "stores/redis/options.hpp"

namespace gongji::config {

// Files read beside the settings themselves. The defaults lie in the built-in configuration folder:
// config/ of the tree this program was built from, unless CMake was told another.
struct Paths {
  std::string institutions_file = "institutions.toml";
  std::string access_file;  // "" = no tokens: the interface for apps and agencies refuses everyone
  std::string policies_dir = "policies";
};

struct Settings {
  gateway::GatewayOptions gateway;
  stores::StoreOptions store = default_store();
  ShelfLimits shelf;
  std::uint64_t store_free_bytes_min = 256ULL << 20;  // below it new work is refused (E_BUSY)
  actors::ActorOptions actors;
  monitoring::OpsOptions ops;
  counterparties::SimulationOptions counterparties;
  Paths paths;
  std::string redis_url;  // "" = none
  stores::RedisOptions redis;
  actors::ProjectorOptions projector;
  std::string log_level = "info";
  std::string log_format = "auto";
  std::chrono::milliseconds drain_grace_ms{1'000};  // still served while /readyz is red already

  // True when only programs on this machine can reach the two business listeners. Institutions
  // with auth = "none" are allowed only then (config/institutions.hpp).
  [[nodiscard]] bool business_listeners_are_loopback() const;

  static stores::StoreOptions default_store();  // in the folder "data" of the working directory
};

// One setting from the command line: --set gateway.http=…, or a flag that stands for it.
struct Override {
  std::string key;             // "gateway.http"
  std::string value;           // the text as it stands
  std::string flag = "--set";  // what to name in an error
};

// "section.key=value"; the text after the first '=' is the value.
Result<Override, ConfigError> parse_override(std::string_view argument);

// `file` absent = built-in defaults. A relative path is relative to the file it stands in, or to
// the working directory when it comes from the command line.
Result<Settings, ConfigError> load_settings(const std::optional<std::string>& file,
                                            const std::vector<Override>& overrides);

bool is_loopback(std::string_view address);  // 127.0.0.0/8 and ::1

}  // namespace gongji::config
