// gongji-simulation: runs seeds, replays one, or looks for a planted bug. See README.md.
#include <signal.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cinttypes>
#include <cstdio>

#include "config/policies.hpp"
#include "config/policy_holder.hpp"
#include "tests/simulation/run.hpp"
#include "tests/test_places.hpp"

namespace gongji::simulation {
namespace {

struct Arguments {
  std::string seeds = "1..100";
  std::uint64_t seed = 0;
  unsigned operations = 500;
  std::string mode = "any";
  std::string bug;
};

struct Totals {
  std::uint64_t seeds = 0, operations = 0, records = 0, epochs = 0, steps = 0;
  double simulated_s = 0;

  void add(const RunResult& run, unsigned operations_each) {
    ++seeds;
    operations += operations_each;
    records += run.records;
    epochs += run.epochs;
    steps += run.steps;
    simulated_s += static_cast<double>(run.simulated.count()) / 1e9;
  }
};

// For whoever reads the output when a seed ends the program.
volatile std::uint64_t current_seed = 0;

void say_seed(int signal_number) {
  char text[64];
  const int length = std::snprintf(text, sizeof text, "seed %" PRIu64 " ended the program\n",
                                   static_cast<std::uint64_t>(current_seed));
  (void)!write(STDERR_FILENO, text, static_cast<std::size_t>(length));
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

void print_complaints(std::uint64_t seed, const RunResult& run) {
  std::string faults;
  for (const std::string_view name : run.faults) faults += " " + std::string{name};
  std::printf("seed %" PRIu64 " (faults:%s)\n", seed, faults.c_str());
  for (const std::string& complaint : run.complaints) std::printf("  %s\n", complaint.c_str());
}

class Program {
 public:
  explicit Program(const Arguments& arguments) : arguments_(arguments) {
    auto book = config::load_policies(std::string{GONGJI_SOURCE_DIR} + "/config/policies");
    if (!book) throw std::runtime_error{book.error().text()};
    policies_.emplace(Policy{std::move(book).value(), {}});
    options_.operations = arguments.operations;
    options_.mode = arguments.mode == "any" ? Mode::kAnyFaults : Mode::kSurvivable;
    if (arguments.bug.empty()) return;
    const auto bug = bug_named(arguments.bug);
    if (!bug) throw std::runtime_error{"no bug is called " + arguments.bug};
    options_.bug = *bug;
  }

  int run() {
    if (arguments_.seed != 0) return replay();
    return options_.bug == Bug::kNone ? run_all() : find_bug();
  }

 private:
  RunResult play(std::uint64_t seed, bool traced = false) {
    current_seed = seed;
    options_.traced = traced;
    return run_seed(seed, *policies_, options_);
  }

  std::pair<std::uint64_t, std::uint64_t> range() const {
    const std::size_t dots = arguments_.seeds.find("..");
    if (dots == std::string::npos) throw std::runtime_error{"--seeds wants FROM..TO"};
    return {std::stoull(arguments_.seeds.substr(0, dots)),
            std::stoull(arguments_.seeds.substr(dots + 2))};
  }

  int replay() {
    const RunResult run = play(arguments_.seed, true);
    print_complaints(arguments_.seed, run);
    std::printf("%s; %" PRIu64 " records, %" PRIu64 " epochs, digest %016" PRIx64 "\n",
                run.complaints.empty() ? "nothing wrong" : "WRONG", run.records, run.epochs,
                run.digest);
    return run.complaints.empty() ? 0 : 1;
  }

  int run_all() {
    const auto [first, last] = range();
    Totals totals;
    unsigned wrong = 0;
    for (std::uint64_t seed = first; seed <= last && wrong < kWrongMax; ++seed) {
      const RunResult run = play(seed);
      totals.add(run, options_.operations);
      if (run.complaints.empty()) continue;
      ++wrong;
      print_complaints(seed, run);
      std::printf("  replay: gongji-simulation --mode %s --operations %u --seed %" PRIu64 "\n",
                  arguments_.mode.c_str(), options_.operations, seed);
    }
    print_totals(totals);
    return wrong == 0 ? 0 : 1;
  }

  static void print_totals(const Totals& totals) {
    std::printf("%" PRIu64 " seeds, %" PRIu64 " operations, %" PRIu64 " records, %" PRIu64
                " process starts, %.0f simulated seconds, %" PRIu64 " steps\n",
                totals.seeds, totals.operations, totals.records, totals.epochs, totals.simulated_s,
                totals.steps);
  }

  // Found, and found again when its seed is played once more.
  int find_bug() {
    const auto [first, last] = range();
    for (std::uint64_t seed = first; seed <= last; ++seed) {
      const RunResult run = play(seed);
      if (run.complaints.empty()) continue;
      const RunResult again = play(seed);
      const bool same = again.complaints == run.complaints && again.digest == run.digest;
      std::printf("%s found by seed %" PRIu64 ", %s\n", arguments_.bug.c_str(), seed,
                  same ? "which replays it" : "WHICH DOES NOT REPLAY IT");
      print_complaints(seed, run);
      return same ? 0 : 1;
    }
    std::printf("%s was not found by the seeds %s\n", arguments_.bug.c_str(),
                arguments_.seeds.c_str());
    return 1;
  }

  static constexpr unsigned kWrongMax = 5;
  const Arguments arguments_;
  std::optional<config::PolicyHolder> policies_;
  RunOptions options_;
};

std::string bug_names() {
  std::string names;
  for (const BugName& each : kBugs)
    names += std::string{names.empty() ? "" : ", "} + std::string{each.name};
  return names;
}

int main_of(int argc, char** argv) {
  Arguments arguments;
  CLI::App app{"Plays the gateway in a simulated world in which everything goes wrong that can."};
  app.add_option("--seeds", arguments.seeds, "seeds to play, FROM..TO")->capture_default_str();
  app.add_option("--seed", arguments.seed, "play this one and say what happens in it");
  app.add_option("--operations", arguments.operations, "what the tills of one run do")
      ->capture_default_str();
  app.add_option("--mode", arguments.mode,
                 "any: all faults, safety; survivable: each ends soon, and everything must too")
      ->check(CLI::IsMember({"any", "survivable"}))
      ->capture_default_str();
  app.add_option("--bug", arguments.bug,
                 "plant a bug, stop at the first seed that finds it: " + bug_names());
  CLI11_PARSE(app, argc, argv);
  signal(SIGABRT, say_seed);
  signal(SIGSEGV, say_seed);
  return Program{arguments}.run();
}

}  // namespace
}  // namespace gongji::simulation

int main(int argc, char** argv) {
  try {
    return gongji::simulation::main_of(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
}
