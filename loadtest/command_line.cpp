#include "loadtest/command_line.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <utility>

namespace gongji::loadtest {
namespace {

constexpr const char* kExamples = R"(
Examples:
  First create the load's families (once per store; repeating it is harmless):
    gongji-load --http 127.0.0.1:8080 --prepare --families 10000 --token-file agency.token
  As fast as it goes, over HTTP and over pipelined TCP:
    gongji-load --http 127.0.0.1:8080 --families 10000 --duration_s 30
    gongji-load --tcp 127.0.0.1:8090 --connections 8 --depth 64 --families 10000 --duration_s 30
  At a fixed rate, latency counted from when each message was due, with audit and report:
    gongji-load --http 127.0.0.1:8080 --tcp 127.0.0.1:8090 --depth 16 --rate 20000 --duration_s 60 \
      --families 10000 --audit --token-file agency.token --html report.html --json report.json
  The nation's mix (93 % without a family) and a lunch hour:
    gongji-load --http 127.0.0.1:8080 --profile nation --families 1000 --rate 3000 --duration_s 60
    gongji-load --http 127.0.0.1:8080 --profile pharmacy-peak --rate 10000 --duration_s 120
  The last day to pay next year's premium; 1 July, when all accounts are rolled; a day of it:
    gongji-load --http 127.0.0.1:8080 --profile deadline-day --families 100000 --rate 2000 \
      --duration_s 120 --audit --token-file agency.token
    gongji-load --http 127.0.0.1:8080 --tcp 127.0.0.1:8090 --profile july-first --rate 5000 \
      --depth 16 --duration_s 300 --roll_after_s 30 --audit --token-file agency.token
    gongji-load --http 127.0.0.1:8080 --profile soak --rate 3000 --duration_s 86400 \
      --server_pid 4711 --growth_max_mb 200 --token-file agency.token)";

// What the command line gives as text or plain numbers, before it becomes options.
struct Arguments {
  std::string http, tcp, profile = "uniform", arrivals = "even";
  std::int64_t duration_s = 0, warmup_s = 0, timeout_ms = 10'000, grace_ms = 10'000;
  std::int64_t stall_ms = 5, roll_after_s = 0, roll_wait_s = 600, interval_s = 600;
};

// Of single profiles.
void add_day_options(CLI::App& app, LoadOptions& options, Arguments& arguments) {
  app.add_option("--premium_year", options.premium_year,
                 "deadline-day: of insurance; the policy must price it [the next calendar year]");
  app.add_option("--roll_year", options.roll_year, "july-first: [the one that closed last]");
  app.add_option("--roll_after_s", arguments.roll_after_s, "july-first: load alone before the roll")
      ->capture_default_str();
  app.add_option("--roll_wait_s", arguments.roll_wait_s,
                 "july-first: to wait for the roll when the load is over")
      ->capture_default_str();
  app.add_option("--interval_s", arguments.interval_s, "soak: from one audit to the next")
      ->capture_default_str();
  app.add_option("--growth_max_mb", options.growth_max_mb,
                 "soak: fail when the gateway's memory grew by more, from the first audit on");
  app.add_option("--drift_max", options.drift_max,
                 "soak: fail when p99 became so many times as long, last interval by first");
}

void add_options(CLI::App& app, LoadOptions& options, Arguments& arguments) {
  app.add_option("--http", arguments.http,
                 "HTTP listener ADDR:PORT; carries the load unless --tcp is given");
  app.add_option("--tcp", arguments.tcp, "TCP frame listener ADDR:PORT; carries the load");
  app.add_option("--ops", options.ops,
                 "operations listener ADDR:PORT: adds batch size, processor time and Redis lag");
  app.add_option(
      "--disk", options.disk,
      "folder on the gateway's disk: syncs a file there meanwhile, and tells latency outside of "
      "the disk's stalls");
  app.add_option("--stall_ms", arguments.stall_ms, "a sync of --disk that takes as long is a stall")
      ->capture_default_str();
  app.add_option("--connections", options.connections, "connections in all")->capture_default_str();
  app.add_option("--depth", options.depth, "messages in flight on each connection")
      ->capture_default_str();
  app.add_option("--threads", options.threads, "threads that send")->capture_default_str();
  app.add_option("--duration_s", arguments.duration_s, "seconds to send [10 unless --count]");
  app.add_option("--count", options.count, "messages to send");
  app.add_option("--warmup_s", arguments.warmup_s, "first seconds that the report leaves out")
      ->capture_default_str();
  app.add_option("--rate", options.rate, "messages a second, whatever the answers do (open loop)");
  app.add_option("--arrivals", arguments.arrivals, "open loop: even or poisson")
      ->check(CLI::IsMember({"even", "poisson"}))
      ->capture_default_str();
  app.add_option("--timeout_ms", arguments.timeout_ms, "no answer after this: unknown")
      ->capture_default_str();
  app.add_option("--grace_ms", arguments.grace_ms, "to wait for late answers at the end")
      ->capture_default_str();
  app.add_option("--profile", arguments.profile, "what is sent")
      ->check(CLI::IsMember(profile_names()))
      ->capture_default_str();
  app.add_option("--families", options.families, "families of the load")->capture_default_str();
  app.add_option("--singles", options.singles,
                 "persons without family [nation: ten for each family]");
  app.add_option("--zipf_skew", options.zipf_skew, "exponent of the zipf profile")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--seed", options.seed, "same seed, same messages")->capture_default_str();
  app.add_option("--institution", options.institution,
                 "fixmedins_code that sends; H… speaks 2207, others 2102");
  app.add_option("--area", options.area, "area code of the institution")->capture_default_str();
  app.add_flag("--prepare", options.prepare, "first import the families; alone: only that");
  app.add_flag("--list_families", options.list_families,
               "only print the families: organiser, child, the child's certificate and area");
  app.add_flag("--audit", options.audit,
               "afterwards check settlements by 2602 and balances; exit 1 if wrong");
  app.add_option("--audit_max", options.audit_max,
                 "settlements asked for and accounts compared at most")
      ->capture_default_str();
  app.add_option("--token-file", options.token_file,
                 "file with an agency's token (prepare, audit)");
  app.add_option("--server_pid", options.server_pid,
                 "process id of gongjid: measures its processor time");
  app.add_option("--json", options.json_file, "write the results as JSON to this file");
  app.add_option("--html", options.html_file, "write a page with plots to this file");
}

Status<std::string> take_arguments(const Arguments& arguments, LoadOptions& options) {
  for (const auto& [text, address] :
       {std::pair{&arguments.http, &options.http}, {&arguments.tcp, &options.tcp}}) {
    if (text->empty()) continue;
    auto parsed = parse_address(*text);
    if (!parsed) return parsed.error();
    *address = *parsed;
  }
  options.profile = *profile_from_text(arguments.profile);
  options.arrivals = arguments.arrivals == "poisson" ? Arrivals::kPoisson : Arrivals::kEven;
  if (arguments.duration_s < 0 || arguments.warmup_s < 0 || arguments.timeout_ms <= 0 ||
      arguments.stall_ms <= 0 || arguments.grace_ms < 0 || arguments.roll_after_s < 0 ||
      arguments.roll_wait_s < 0)
    return std::string{"--timeout_ms and --stall_ms must be at least 1, and no time negative"};
  options.duration_s = std::chrono::seconds{arguments.duration_s};
  options.warmup_s = std::chrono::seconds{arguments.warmup_s};
  options.roll_after_s = std::chrono::seconds{arguments.roll_after_s};
  options.roll_wait_s = std::chrono::seconds{arguments.roll_wait_s};
  options.stall_ms = std::chrono::milliseconds{arguments.stall_ms};
  options.interval_s = std::chrono::seconds{arguments.interval_s};
  options.timeout_ms = std::chrono::milliseconds{arguments.timeout_ms};
  options.grace_ms = std::chrono::milliseconds{arguments.grace_ms};
  return complete_options(options);
}

constexpr int kUnusable = 2;

}  // namespace

std::optional<int> parse_command_line(int argc, char** argv, LoadOptions& options) {
  Arguments arguments;
  CLI::App app{"gongji-load: load generator for gongjid"};
  app.footer(kExamples);
  add_options(app, options, arguments);
  add_day_options(app, options, arguments);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUnusable;
  }
  for (int i = 0; i < argc; ++i) options.command_line += (i == 0 ? "" : " ") + std::string{argv[i]};
  if (const auto complete = take_arguments(arguments, options); !complete) {
    std::fprintf(stderr, "gongji-load: %s\n", complete.error().c_str());
    return kUnusable;
  }
  return std::nullopt;
}

}  // namespace gongji::loadtest
