#include "app/gongjictl/command_line.hpp"

#include <CLI/CLI.hpp>

#include "app/gongjictl/commands.hpp"
#include "app/gongjictl/reconcile_command.hpp"

namespace gongji::ctl {

int run_command_line(int argc, char** argv) {
  Settings settings;
  CLI::App app{"gongjictl: operate a gongji gateway and inspect its store"};
  app.add_option("--url", settings.url, "the gateway's HTTP listener")->capture_default_str();
  app.add_option("--ops-url", settings.ops_url, "its ops listener")->capture_default_str();
  app.add_option("--token-file", settings.token_file, "file with a bearer token on its first line");
  app.add_option("--data-dir", settings.data_dir,
                 "data directory of the store (journal, audit, replay)");
  app.require_subcommand(1);
  app.fallthrough();  // the flags above may also stand behind the command
  app.footer("gongjictl COMMAND --help has an example of each.");
  add_import_command(app, settings);
  add_person_command(app, settings);
  add_network_command(app, settings);
  add_journal_command(app, settings);
  add_audit_command(app, settings);
  add_replay_command(app, settings);
  add_roll_command(app, settings);
  add_reconcile_command(app, settings);
  add_drain_command(app, settings);
  add_backup_command(app, settings);
  add_restore_command(app, settings);
  add_profile_command(app, settings);
  add_top_command(app, settings);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return settings.exit_code;
}

}  // namespace gongji::ctl
