#include "app/gongjid/command_line.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/gongjid/build_info.hpp"

namespace gongji::app {
namespace {

struct Flag {
  const char* name;
  const char* knob;
  const char* help;
};
constexpr Flag kFlags[] = {
    {"--data-dir", "store.data_dir", "folder of the journal and its index (default ./data)"},
    {"--http", "gateway.http", "ADDR:PORT for HTTP, port 0 = pick one (default 127.0.0.1:8080)"},
    {"--tcp", "gateway.tcp", "ADDR:PORT for TCP frames (default 127.0.0.1:8090)"},
    {"--ops", "ops.listen", "ADDR:PORT for metrics and health (default 127.0.0.1:9464)"},
    {"--redis", "redis.url", "hot balances go there; \"\" = none"},
};

}  // namespace

std::optional<int> parse_command_line(int argc, char** argv, CommandLine& line) {
  CLI::App app{"gongjid: settlement gateway for family mutual aid (职工医保个人账户家庭共济)."};
  app.footer(
      "Examples:\n"
      "  gongjid --data-dir /var/lib/gongji --http 127.0.0.1:8080\n"
      "  gongjid --config gateway.toml --set admission.inflight_max=2048\n"
      "Signals: TERM drains and ends with 0, HUP reloads policies and institutions.\n"
      "Exit codes: 0 drained, 1 failed while running, 2 unusable arguments or configuration.");
  std::string config_file;
  std::vector<std::string> sets;
  std::vector<std::string> values(std::size(kFlags));
  app.add_option("--config", config_file, "TOML file; without it the built-in defaults apply");
  for (std::size_t i = 0; i < std::size(kFlags); ++i)
    app.add_option(kFlags[i].name, values[i], kFlags[i].help);
  app.add_option("--set", sets, "section.key=value, repeatable; wins over the file");
  app.add_flag("--check-config", line.check_config, "read everything, report, and end");
  app.set_version_flag("--version",
                       std::string{"gongjid "} + kVersion + " (" + build_commit() + ")");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? 0 : 2;
  }
  if (!config_file.empty()) line.config_file = config_file;
  for (std::size_t i = 0; i < std::size(kFlags); ++i)
    if (app.count(kFlags[i].name) > 0)
      line.overrides.push_back({kFlags[i].knob, values[i], kFlags[i].name});
  for (const std::string& set : sets) {
    auto parsed = config::parse_override(set);
    if (!parsed) {
      std::fprintf(stderr, "gongjid: %s\n", parsed.error().text().c_str());
      return 2;
    }
    line.overrides.push_back(std::move(*parsed));
  }
  return std::nullopt;
}

}  // namespace gongji::app
