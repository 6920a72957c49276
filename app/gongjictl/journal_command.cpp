#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/gongjictl/commands.hpp"
#include "app/gongjictl/journal_text.hpp"
#include "app/gongjictl/stopped_store.hpp"

namespace gongji::ctl {
namespace {

struct JournalArguments {
  std::string person;
  std::uint64_t from = 1;
  std::uint64_t limit = 100;
  bool json = false;
};

void print(const JournalRecord& record, bool json) {
  const std::string line = json ? boost::json::serialize(record_json(record)) : record_line(record);
  std::printf("%s\n", line.c_str());
}

void run_journal(const JournalArguments& arguments, Settings& settings) {
  const auto store = StoppedStore::open(settings);
  if (!store) return fail(settings, store.error());
  std::uint64_t shown = 0;
  bool more = false;
  const auto scanned =
      store->journal().scan(Sequence{arguments.from}, [&](const RecordPtr& record) {
        if (!arguments.person.empty() && !concerns(*record, PersonId{arguments.person}))
          return true;
        if (arguments.limit > 0 && shown == arguments.limit) {
          more = true;
          return false;
        }
        print(*record, arguments.json);
        ++shown;
        return true;
      });
  if (!scanned) return fail(settings, scanned.error().message);
  if (more)
    std::fprintf(stderr, "gongjictl: %llu records shown, there are more: --limit N or --from SEQ\n",
                 static_cast<unsigned long long>(shown));
}

}  // namespace

void add_journal_command(CLI::App& app, Settings& settings) {
  auto* command = app.add_subcommand("journal", "Print journal records of a store");
  auto arguments = std::make_shared<JournalArguments>();
  command->add_option("--person", arguments->person, "only records that concern this person");
  command->add_option("--from", arguments->from, "first sequence")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->add_option("--limit", arguments->limit, "records at most; 0 = all")
      ->capture_default_str();
  command->add_flag("--json", arguments->json, "one JSON object a line");
  command->footer(
      "Reads the store in --data-dir without changing it; a running gateway makes a checkpoint of "
      "it first.\n\n"
      "Example:\n  gongjictl --data-dir /var/lib/gongji journal --person "
      "31010100000000000000000001 --limit 20");
  command->callback([arguments, &settings] { run_journal(*arguments, settings); });
}

}  // namespace gongji::ctl
