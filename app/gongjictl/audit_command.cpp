#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/gongjictl/audit.hpp"
#include "app/gongjictl/audit_hot_balances.hpp"
#include "app/gongjictl/commands.hpp"
#include "app/gongjictl/progress.hpp"
#include "app/gongjictl/stopped_store.hpp"
#include "config/policies.hpp"
#include "config/settings.hpp"
#include "stores/redis/redis_hot_balances.hpp"

namespace gongji::ctl {
namespace {

constexpr std::chrono::seconds kPatience{30};

struct AuditArguments {
  std::string redis_url;  // "" = the journal alone
  std::string policies;
};

std::string default_policies() {
  const auto settings = config::load_settings(std::nullopt, {});
  return settings ? settings->paths.policies_dir : std::string{};
}

Status<std::string> compare_with_redis(Settings& settings, const AuditArguments& arguments,
                                       const JournalStore& journal) {
  auto target = stores::parse_redis_url(arguments.redis_url);
  if (!target) return target.error();
  auto policies = config::load_policies(arguments.policies);
  if (!policies) return policies.error().text();
  stores::RedisHotBalances hot{std::move(*target), {kPatience, kPatience, kPatience}};
  if (auto connected = hot.wait_until_connected(kPatience); !connected)
    return connected.error().message;
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  const HotComparison comparison = compare_hot_balances(journal, *policies, hot, now);
  std::printf("%s", comparison_text(comparison).c_str());
  if (comparison.problems.count > 0) settings.exit_code = 1;
  return Done{};
}

void run_audit(Settings& settings, const AuditArguments& arguments) {
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
  if (arguments.redis_url.empty()) return;
  if (auto compared = compare_with_redis(settings, arguments, store->journal()); !compared)
    fail(settings, compared.error());
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
      "Example:\n  gongjictl --data-dir /var/lib/gongji audit\n"
      "  gongjictl --data-dir /var/lib/gongji audit --redis redis://127.0.0.1");
  const auto arguments = std::make_shared<AuditArguments>();
  arguments->policies = default_policies();
  command->add_option("--redis", arguments->redis_url,
                      "also compare the hot balances there with the journal, field by field");
  command->add_option("--policies", arguments->policies, "the folder of profiles in force");
  command->callback([&settings, arguments] { run_audit(settings, *arguments); });
}

}  // namespace gongji::ctl
