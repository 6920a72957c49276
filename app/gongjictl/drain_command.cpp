#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/gongjictl/commands.hpp"
#include "app/gongjictl/json_view.hpp"

namespace gongji::ctl {
namespace {

void run_drain(Settings& settings) {
  const auto http = ops_client(settings);
  if (!http) return fail(settings, http.error());
  const auto reply = (*http)->post("/admin/drain", "");
  if (!reply) return fail(settings, reply.error());
  if (reply->status / 100 != 2) return fail(settings, problem_text(reply->status, reply->body));
  std::printf("Draining: /readyz is red, what is in flight is finished, new work is refused.\n");
}

}  // namespace

void add_drain_command(CLI::App& app, Settings& settings) {
  auto* command =
      app.add_subcommand("drain", "Take a running gateway out of service without losing a message");
  command->footer(
      "Asks the ops listener (--ops-url). Repeating it is harmless.\n\n"
      "Example:\n  gongjictl --ops-url http://127.0.0.1:9464 drain");
  command->callback([&settings] { run_drain(settings); });
}

}  // namespace gongji::ctl
