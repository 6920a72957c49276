#include "app/gongjictl/reconcile_command.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "app/gongjictl/day_scan.hpp"
#include "app/gongjictl/progress.hpp"
#include "app/gongjictl/reconcile_text.hpp"
#include "app/gongjictl/stopped_store.hpp"
#include "config/policies.hpp"
#include "config/settings.hpp"
#include "gateway/wire/settlement_figures.hpp"

namespace gongji::ctl {
namespace {

namespace recon = gateway::reconciliation;

struct ReconcileArguments {
  std::string day;
  std::string institution;
  std::string file;
  std::string out;
  std::string policies;
  bool two_lines = false;
  bool json = false;
};

std::string default_policies() {
  const auto settings = config::load_settings({}, {});
  return settings ? settings->paths.policies_dir : std::string{};
}

// The journal of the day, read and ready to be counted.
struct Reading {
  DayScan scan;
  recon::LedgerReading how;
  recon::FindRecord find;
};

Result<recon::LedgerLines, std::string> lines_of(const Reading& reading,
                                                 const InstitutionCode& institution) {
  recon::LedgerLines lines;
  const auto added =
      recon::add_day(lines, reading.scan.day_of(institution), reading.how, reading.find);
  if (!added) return added.error().message;
  return lines;
}

Result<DayScan, StoreError> read_day(const JournalStore& journal, CivilDate date) {
  Progress progress{"records"};
  auto scan = scan_day(journal, date, [&progress](std::uint64_t done, std::uint64_t all) {
    progress.show(done, all);
  });
  progress.interrupt();
  return scan;
}

void show_totals(const ReconcileArguments& arguments, const Reading& reading, CivilDate date,
                 Settings& settings) {
  std::vector<InstitutionCode> wanted{InstitutionCode{arguments.institution}};
  if (arguments.institution.empty()) wanted = reading.scan.institutions();
  std::vector<InstitutionTotals> totals;
  for (const InstitutionCode& institution : wanted) {
    const auto lines = lines_of(reading, institution);
    if (!lines) return fail(settings, lines.error());
    totals.push_back({institution, recon::totals_by_group(*lines)});
  }
  std::printf("%s", (arguments.json ? totals_json(date, totals) : totals_text(totals)).c_str());
}

void show_differences(const ReconcileArguments& arguments, const Reading& reading, CivilDate date,
                      Settings& settings) {
  const InstitutionCode institution{arguments.institution};
  const auto lines = lines_of(reading, institution);
  if (!lines) return fail(settings, lines.error());
  std::ifstream file{arguments.file, std::ios::binary};
  const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
  const recon::Selection everything;
  const std::atomic<bool> never{false};
  const auto compared =
      recon::compare_file(bytes, {institution, *lines, everything, reading.find, false}, {}, never);
  if (!*compared) return fail(settings, compared->error().detail);
  const recon::ComparedFile& found = **compared;
  if (!arguments.out.empty()) {
    std::ofstream{arguments.out, std::ios::binary} << found.result;
  } else if (!arguments.json) {
    std::printf("%s", found.result.c_str());
  }
  std::printf(
      "%s", (arguments.json ? differences_json(date, institution, found) : differences_text(found))
                .c_str());
  if (found.differences.sum() != 0) settings.exit_code = 1;
}

void run_reconcile(const ReconcileArguments& arguments, Settings& settings) {
  const auto date = parse_date(arguments.day);
  if (!date) return fail(settings, arguments.day + " is no day; write it 2026-11-22");
  auto policies = config::load_policies(arguments.policies);
  if (!policies) return fail(settings, policies.error().text());
  const auto store = StoppedStore::open(settings);
  if (!store) return fail(settings, store.error());
  auto scan = read_day(store->journal(), *date);
  if (!scan) return fail(settings, scan.error().message);
  const Reading reading{std::move(scan).value(),
                        {arguments.two_lines,
                         [&policies](const std::string& profile) {
                           return gateway::wire::acct_pay_includes_mulaid(*policies, {profile, ""});
                         }},
                        [&store](Sequence sequence) -> Result<RecordPtr, StoreError> {
                          const bool exists = sequence <= store->journal().head().durable;
                          return exists ? store->journal().read(sequence) : RecordPtr{};
                        }};
  if (arguments.file.empty()) return show_totals(arguments, reading, *date, settings);
  show_differences(arguments, reading, *date, settings);
}

}  // namespace

void add_reconcile_command(CLI::App& app, Settings& settings) {
  auto* command = app.add_subcommand(
      "reconcile", "Count a day of each institution from the journal, or compare it with its file");
  auto arguments = std::make_shared<ReconcileArguments>();
  arguments->policies = default_policies();
  command->add_option("--day", arguments->day, "civil day of the settlements: 2026-11-22")
      ->required();
  auto* institution =
      command->add_option("--institution", arguments->institution, "one fixmedins_code only");
  auto* file = command
                   ->add_option("--file", arguments->file,
                                "its detail file as it would upload it, zip or text")
                   ->needs(institution)
                   ->check(CLI::ExistingFile);
  command->add_option("--out", arguments->out, "where the differences go [the terminal]")
      ->needs(file);
  command->add_flag("--cancel-as-two-lines", arguments->two_lines,
                    "a cancelled settlement is a line and its negative another");
  command->add_option("--policies", arguments->policies, "the folder of profiles")
      ->capture_default_str();
  command->add_flag("--json", arguments->json, "for programs");
  command->footer(
      "Reads the store in --data-dir without changing it; a running gateway makes a checkpoint of "
      "it first\n"
      "(--ops-url). Reads from that day to the journal's end, because settlements may be taken "
      "back "
      "later.\nWith --file the exit code is 0 only if there is no difference.\n\n"
      "Examples:\n"
      "  gongjictl --data-dir /var/lib/gongji reconcile --day 2026-11-22\n"
      "  gongjictl --data-dir /var/lib/gongji reconcile --day 2026-11-22 --institution "
      "P44010600123 --file 20261122.zip");
  command->callback([arguments, &settings] { run_reconcile(*arguments, settings); });
}

}  // namespace gongji::ctl
