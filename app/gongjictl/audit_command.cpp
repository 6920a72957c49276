#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/gongjictl/audit.hpp"
#include "app/gongjictl/commands.hpp"
#include "app/gongjictl/progress.hpp"
#include "app/gongjictl/stopped_store.hpp"

namespace gongji::ctl {
namespace {

void run_audit(Settings& settings) {
  const auto store = StoppedStore::open(settings);
  if (!store) return fail(settings, store.error());
  if (store->is_checkpoint())
    std::fprintf(stderr, "The gateway is running: auditing a checkpoint of its journal.\n");
  Progress progress{"records"};
  const Audit audit = audit_journal(
      store->journal(),
      [&progress](std::uint64_t done, std::uint64_t all) { progress.show(done, all); });
  progress.interrupt();
  std::printf("%s", audit_text(audit).c_str());
  if (!audit.holds()) settings.exit_code = 1;
}

}  // namespace

void add_audit_command(CLI::App& app, Settings& settings) {
  auto* command = app.add_subcommand(
      "audit", "Recompute the whole journal of a store and check that everything adds up");
  command->footer(
      "Reads the store in --data-dir without changing it; a running gateway makes a checkpoint of "
      "it first\n"
      "(--ops-url). Exit code 0 only if every check holds. Keeps every household and account in "
      "memory:\n"
      "about 1 KB a person, and 24 bytes a record.\n\n"
      "Example:\n  gongjictl --data-dir /var/lib/gongji audit");
  command->callback([&settings] { run_audit(settings); });
}

}  // namespace gongji::ctl
