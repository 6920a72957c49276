#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include "app/gongjictl/backup.hpp"
#include "app/gongjictl/commands.hpp"
#include "app/gongjictl/json_view.hpp"
#include "app/gongjictl/progress.hpp"

namespace gongji::ctl {
namespace {

struct BackupArguments {
  std::string dir;
  bool quick = false;

  [[nodiscard]] BackupCheck check() const {
    return quick ? BackupCheck::kChain : BackupCheck::kAudit;
  }
};

struct Checkpoint {
  std::string dir;
  std::string data_dir;
};

// The running gateway copies its journal, by hard links, in a folder of its own choice.
Result<Checkpoint, std::string> make_checkpoint(const Settings& settings) {
  const auto http = ops_client(settings);
  if (!http) return http.error();
  const auto reply = (*http)->post("/admin/checkpoint", "");
  if (!reply) return reply.error();
  boost::system::error_code error;
  const boost::json::value json = boost::json::parse(reply->body, error);
  if (reply->status != 200 || error) return problem_text(reply->status, reply->body);
  return Checkpoint{text_at(json, "dir"), text_at(json, "data_dir")};
}

BackupHooks hooks_of(Progress& progress) {
  return {
      [&progress](const std::string& unit, const std::string& what) { progress.begin(unit, what); },
      [&progress](std::uint64_t done, std::uint64_t total) { progress.show(done, total); }};
}

std::string summary(const Manifest& manifest, const Progress& progress) {
  return loadtest::with_thousands(manifest.head.durable.number()) + " records, epoch " +
         std::to_string(manifest.head.epoch.number()) + ", " +
         std::to_string(manifest.files.size()) + " files, " +
         loadtest::with_thousands(manifest.bytes()) + " bytes, " + manifest.checked + " clean, " +
         loadtest::short_duration(progress.elapsed().count());
}

void run_backup(const BackupArguments& arguments, Settings& settings) {
  const auto checkpoint = make_checkpoint(settings);
  if (!checkpoint)
    return fail(settings, "no checkpoint from " + settings.ops_url + ": " + checkpoint.error());
  Progress progress{"bytes"};
  const auto made = make_backup(checkpoint->dir, checkpoint->data_dir, arguments.dir,
                                arguments.check(), hooks_of(progress));
  progress.interrupt();
  std::error_code error;
  std::filesystem::remove_all(checkpoint->dir, error);
  if (error)
    std::fprintf(stderr, "gongjictl: the checkpoint %s could not be removed: %s\n",
                 checkpoint->dir.c_str(), error.message().c_str());
  if (!made) return fail(settings, made.error());
  std::printf("%s: %s\n", arguments.dir.c_str(), summary(*made, progress).c_str());
}

void run_restore(const BackupArguments& arguments, Settings& settings) {
  if (settings.data_dir.empty())
    return fail(settings, "where to? Give the --data-dir of the new store");
  Progress progress{"bytes"};
  const auto restored =
      restore_backup(arguments.dir, settings.data_dir, arguments.check(), hooks_of(progress));
  progress.interrupt();
  if (!restored) return fail(settings, restored.error());
  std::printf("%s: %s\n", settings.data_dir.c_str(), summary(*restored, progress).c_str());
  std::printf(
      "As of %s. What was settled after that is not in it; docs/operating.md says how to\n"
      "find it again. Never let the store it came from run again.\n",
      restored->made_at.c_str());
}

std::shared_ptr<BackupArguments> arguments_of(CLI::App& command, const char* meaning) {
  auto arguments = std::make_shared<BackupArguments>();
  command.add_option("DIR", arguments->dir, meaning)->required();
  command.add_flag("--quick", arguments->quick,
                   "check only the chain of hashes, not every balance");
  return arguments;
}

}  // namespace

void add_backup_command(CLI::App& app, Settings& settings) {
  auto* command = app.add_subcommand("backup", "Copy the store of a running gateway, and check it");
  const auto arguments = arguments_of(*command, "a new folder");
  command->footer(
      "The gateway makes a checkpoint (--ops-url) and goes on serving; the copy is audited and "
      "named file by\nfile in manifest.json. Needs to read the data directory: run it as its owner "
      "or as root.\n\n"
      "Example:\n  gongjictl backup /var/backups/gongji/2026-11-29");
  command->callback([arguments, &settings] { run_backup(*arguments, settings); });
}

void add_restore_command(CLI::App& app, Settings& settings) {
  auto* command = app.add_subcommand("restore", "Make a store from a backup");
  const auto arguments = arguments_of(*command, "a folder that backup made");
  command->footer(
      "Checks every file and the whole journal first. --data-dir must not be there or be empty: "
      "nothing is\nwritten over.\n\n"
      "Example:\n  gongjictl restore /var/backups/gongji/2026-11-29 --data-dir "
      "/var/lib/gongji/store");
  command->callback([arguments, &settings] { run_restore(*arguments, settings); });
}

}  // namespace gongji::ctl
