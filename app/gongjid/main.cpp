// gongjid: reads its configuration, runs until a signal, drains. Exit codes: 0 drained, 1 failed
// while running, 2 unusable arguments or configuration.
#include <spdlog/spdlog.h>

#include <cstdio>
#include <fstream>
#include <string>

#include "app/gongjid/command_line.hpp"
#include "app/gongjid/gateway_process.hpp"
#include "app/gongjid/logging.hpp"
#include "app/gongjid/signals.hpp"
#include "config/access.hpp"

namespace gongji::app {
namespace {

constexpr int kUnusable = 2;

int unusable(const std::string& sentence) {
  std::fprintf(stderr, "gongjid: %s\n", sentence.c_str());
  return kUnusable;
}

std::string first_line_of(const std::string& path) {
  std::ifstream file{path};
  std::string line;
  std::getline(file, line);
  return line;
}

// Reads everything that can be wrong before anything starts.
Result<GatewayProcess::Inputs, std::string> read_inputs(const CommandLine& line) {
  using Inputs = Result<GatewayProcess::Inputs, std::string>;
  auto settings = config::load_settings(line.config_file, line.overrides);
  if (!settings) return Inputs{settings.error().text()};
  auto policy = config::load_policy(config::policy_places(*settings));
  if (!policy) return Inputs{policy.error().text()};
  auto access = config::load_access(settings->paths.access_file);
  if (!access) return Inputs{access.error().text()};
  std::string token;
  if (!settings->ops.token_file.empty()) {
    token = first_line_of(settings->ops.token_file);
    if (token.empty()) return Inputs{settings->ops.token_file + ": holds no token"};
  }
  return Inputs{{std::move(*settings), std::move(*policy), std::move(*access), std::move(token)}};
}

int run(const Signals& signals, GatewayProcess::Inputs inputs) {
  GatewayProcess process{std::move(inputs)};
  if (const auto started = process.start(); !started) {
    spdlog::critical("start_failed: {}", started.error());
    return 1;
  }
  while (signals.wait() == Signal::kReload) process.reload();
  signals.end_at_next();
  process.stop();
  return 0;
}

}  // namespace
}  // namespace gongji::app

int main(int argc, char** argv) {
  using namespace gongji::app;
  CommandLine line;
  if (const auto code = parse_command_line(argc, argv, line)) return *code;
  const Signals signals;
  auto inputs = read_inputs(line);
  if (!inputs) return unusable(inputs.error());
  if (line.check_config) {
    std::printf("configuration is good\n");
    return 0;
  }
  set_up_logging(inputs->settings.log_level);
  return run(signals, std::move(*inputs));
}
