#include <CLI/CLI.hpp>
#include <cstdio>
#include <limits>

#include "app/gongjictl/commands.hpp"
#include "app/gongjictl/progress.hpp"
#include "app/gongjictl/replay_text.hpp"
#include "app/gongjictl/stopped_store.hpp"
#include "config/policies.hpp"
#include "config/settings.hpp"

namespace gongji::ctl {
namespace {

struct ReplayArguments {
  std::string person;
  std::uint64_t to = 0;
  std::string profile;
  std::string policies;
  std::uint64_t list = 20;
};

std::string default_policies() {
  const auto settings = config::load_settings({}, {});
  return settings ? settings->paths.policies_dir : std::string{};
}

Result<ReplayQuestion, std::string> question_of(const ReplayArguments& arguments) {
  auto policies = config::load_policies(arguments.policies);
  if (!policies) return policies.error().text();
  ReplayQuestion question;
  question.policies = std::move(policies).value();
  if (!arguments.person.empty()) question.person = PersonId{arguments.person};
  question.to = Sequence{arguments.to};
  if (arguments.profile.empty()) return question;
  auto proposed = config::load_profile(arguments.profile);
  if (!proposed) return proposed.error().text();
  question.proposed = std::move(proposed).value();
  return question;
}

// Of one person every decision; of a whole journal, and under a proposed profile, what differs.
bool worth_listing(const Replayed& replayed, const ReplayQuestion& question) {
  return !replayed.same || (question.person && !question.proposed);
}

void run_replay(const ReplayArguments& arguments, Settings& settings) {
  const auto question = question_of(arguments);
  if (!question) return fail(settings, question.error());
  const auto store = StoppedStore::open(settings);
  if (!store) return fail(settings, store.error());
  Progress progress{"records"};
  const bool proposed = question->proposed.has_value();
  std::uint64_t room =
      question->person ? std::numeric_limits<std::uint64_t>::max() : arguments.list;
  const ReplayHooks hooks{[&](const Replayed& replayed) {
                            if (room == 0 || !worth_listing(replayed, *question)) return;
                            --room;
                            progress.interrupt();
                            std::printf("%s", replayed_text(replayed, proposed).c_str());
                          },
                          [&](std::uint64_t done, std::uint64_t all) { progress.show(done, all); }};
  const ReplayResult result = replay_journal(store->journal(), *question, hooks);
  progress.interrupt();
  if (result.home)
    std::printf("%s", household_text(*result.home, *question->person, result.last).c_str());
  std::printf("\n%s", replay_summary(result, proposed).c_str());
  if (proposed ? !result.damage.empty() : !result.proves()) settings.exit_code = 1;
  if (question->person && result.decisions == 0)
    fail(settings, "the journal does not know " + arguments.person);
}

}  // namespace

void add_replay_command(CLI::App& app, Settings& settings) {
  auto* command = app.add_subcommand(
      "replay", "Take recorded decisions again, by the profile of their day or by a proposed one");
  auto arguments = std::make_shared<ReplayArguments>();
  arguments->policies = default_policies();
  command->add_option("--person", arguments->person,
                      "only the households this person belonged to, decision by decision");
  command->add_option("--to", arguments->to, "last sequence [the journal's end]");
  command
      ->add_option("--profile", arguments->profile,
                   "a proposed profile, in the place of its family's")
      ->check(CLI::ExistingFile);
  command->add_option("--policies", arguments->policies, "the folder of profiles that decided")
      ->capture_default_str();
  command->add_option("--list", arguments->list, "differences to list, without --person")
      ->capture_default_str();
  command->footer(
      "Reads the store in --data-dir without changing it; a running gateway makes a checkpoint of "
      "it first.\n"
      "Keeps all households in memory: about 1 KB a person. Without --profile the exit code is 0 "
      "only if every\ndecision came out exactly as recorded, by the very profile it names; with "
      "--profile differences are\nno error.\n\n"
      "Examples:\n"
      "  gongjictl --data-dir /var/lib/gongji replay --person 31010100000000000000000001 --to 42\n"
      "  gongjictl --data-dir /var/lib/gongji replay --profile SH-2027.toml");
  command->callback([arguments, &settings] { run_replay(*arguments, settings); });
}

}  // namespace gongji::ctl
