#include <unistd.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdio>

#include "app/gongjictl/commands.hpp"
#include "app/gongjictl/interrupt.hpp"
#include "app/gongjictl/json_view.hpp"
#include "app/gongjictl/progress.hpp"
#include "app/gongjictl/roll_run.hpp"

namespace gongji::ctl {
namespace {

constexpr std::chrono::milliseconds kPollPause{500};

struct RollArguments {
  int year = 0;
  std::string psn_no;
  std::string interest;
};

// One for each run: a run that was refused yesterday must be decided anew today.
std::string idempotency_key() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return "roll-" + std::to_string(::getpid()) + "-" +
         std::to_string(std::chrono::duration_cast<std::chrono::microseconds>(now).count());
}

std::string request_body(const RollArguments& arguments) {
  boost::json::object body{{"year", std::to_string(arguments.year)}};
  if (!arguments.psn_no.empty()) body["psn_no"] = arguments.psn_no;
  if (!arguments.interest.empty()) body["interest"] = arguments.interest;
  return boost::json::serialize(body);
}

void roll_one(loadtest::BlockingHttp& http, const RollArguments& arguments, Settings& settings) {
  const auto reply = http.post("/v1/accounts/roll", request_body(arguments));
  if (!reply) return fail(settings, reply.error());
  if (reply->status / 100 != 2) return fail(settings, problem_text(reply->status, reply->body));
  boost::system::error_code error;
  const boost::json::value json = boost::json::parse(reply->body, error);
  const std::string whose = "year " + std::to_string(arguments.year) + " of " + arguments.psn_no;
  if (text_at(json, "status") == "rolled")
    std::printf("%s: %s yuan became carry-over, interest %s\n", whose.c_str(),
                text_at(json, "moved").c_str(), text_at(json, "interest").c_str());
  else
    std::printf("%s: nothing to roll, or rolled before\n", whose.c_str());
}

void roll_all(loadtest::BlockingHttp& http, const RollArguments& arguments, Settings& settings) {
  const auto reply = http.post("/v1/accounts/roll", request_body(arguments));
  if (!reply) return fail(settings, reply.error());
  const auto started = parse_roll_state(reply->status, reply->body);
  if (!started) return fail(settings, started.error());
  const Interrupt interrupt;
  Progress progress{"accounts"};
  progress.found_done(started->done);
  const RollHooks hooks{[&]() -> Result<RollState, std::string> {
                          const auto state =
                              http.get("/v1/accounts/roll?year=" + std::to_string(arguments.year));
                          if (!state) return state.error();
                          return parse_roll_state(state->status, state->body);
                        },
                        [&] { return interrupt.sleep(kPollPause); },
                        [&](const RollState& state) { progress.show(state.done, state.total); }};
  const RollEnd end = watch_roll(*started, hooks);
  progress.interrupt();
  std::printf("%s", roll_text(end).c_str());
  if (!end.good()) settings.exit_code = 1;
}

void run_roll(const RollArguments& arguments, Settings& settings) {
  const auto http = gateway_client(settings, "core");
  if (!http) return fail(settings, http.error());
  (*http)->set_header("Idempotency-Key", idempotency_key());
  if (arguments.psn_no.empty())
    roll_all(**http, arguments, settings);
  else
    roll_one(**http, arguments, settings);
}

}  // namespace

void add_roll_command(CLI::App& app, Settings& settings) {
  auto* command = app.add_subcommand(
      "roll", "Post the year-end roll: last year's current-year money becomes carry-over");
  auto arguments = std::make_shared<RollArguments>();
  command
      ->add_option("--year", arguments->year,
                   "the year that closed, named by its last day: 2027 = to 30 June 2027")
      ->required()
      ->check(CLI::Range(2000, 9999));
  auto* person = command->add_option("--psn-no", arguments->psn_no, "one account only");
  command->add_option("--interest", arguments->interest, "yuan; the interest of that account")
      ->needs(person);
  command->footer(
      "The gateway rolls all accounts beside its settlements; each account is rolled once a year, "
      "however often\nthis is called. Ctrl-C ends the watching, not the roll. Exit code 0 only if "
      "all accounts were looked at\nand none was refused.\n\n"
      "Example:\n  gongjictl --token-file agency.token roll --year 2027");
  command->callback([arguments, &settings] { run_roll(*arguments, settings); });
}

}  // namespace gongji::ctl
