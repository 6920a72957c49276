// gongjid: reads its configuration, runs until a signal, drains. Exit codes: 0 drained, 1 failed
// while running, 2 unusable arguments or configuration.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "app/gongjid/command_line.hpp"
#include "app/gongjid/file_limit.hpp"
#include "app/gongjid/gateway_process.hpp"
#include "app/gongjid/last_resort.hpp"
#include "app/gongjid/logging.hpp"
#include "app/gongjid/signals.hpp"
#include "config/access.hpp"
#include "ports/log.hpp"

namespace gongji::app {
namespace {

constexpr int kUnusable = 2;
constexpr std::chrono::milliseconds kStopLimit{9'500};  // of the ten seconds promised

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
  auto tls = gateway::tls::load_tls(settings->gateway.tls);
  if (!tls) return Inputs{tls.error()};
  std::string token;
  if (!settings->ops.token_file.empty()) {
    token = first_line_of(settings->ops.token_file);
    if (token.empty()) return Inputs{settings->ops.token_file + ": holds no token"};
  }
  return Inputs{{std::move(*settings), std::move(*policy), std::move(*access), std::move(token),
                 std::move(*tls)}};
}

std::string summary_of(const GatewayProcess::Inputs& inputs) {
  return "configuration is good: " + std::to_string(inputs.policy.institutions.all().size()) +
         " institutions, " + std::to_string(inputs.policy.profiles.all().size()) + " profiles, " +
         std::to_string(inputs.access.size()) + " tokens";
}

// Whatever hangs, nothing that was acknowledged is lost by ending now.
void end_by_force() {
  log_event(
      LogLevel::kWarn, "drain_forced",
      "Stopping took too long: what is left is not finished. Everything answered is on disk.");
  flush_log();
  std::_Exit(0);
}

int run(Signals& signals, GatewayProcess::Inputs inputs) {
  LastResort last_resort{end_by_force};
  auto& connections_max = inputs.settings.gateway.connections_max;
  connections_max = connections_that_fit(connections_max);
  GatewayProcess process{std::move(inputs)};
  if (const auto started = process.start([&signals] { signals.started(); }); !started) {
    log_event(LogLevel::kCritical, "start_failed", started.error());
    return 1;
  }
  while (signals.wait() == Signal::kReload) process.reload();
  last_resort.arm(kStopLimit);
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
  auto inputs = read_inputs(line);
  if (!inputs) return unusable(inputs.error());
  if (line.check_config) {
    std::printf("%s\n", summary_of(*inputs).c_str());
    return 0;
  }
  set_up_logging(inputs->settings.log_level, inputs->settings.log_format);
  Signals signals;
  return run(signals, std::move(*inputs));
}
