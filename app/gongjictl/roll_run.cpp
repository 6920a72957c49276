#include "app/gongjictl/roll_run.hpp"

#include <algorithm>

#include "app/gongjictl/json_view.hpp"
#include "loadtest/client/progress_line.hpp"

namespace gongji::ctl {
namespace {

constexpr int kFailuresMax = 5;

std::uint64_t count_at(const boost::json::value& json, const char* name) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(number_at(json, name), 0));
}

bool flag_at(const boost::json::value& json, const char* name) {
  const auto* value = value_at(json, name);
  return value != nullptr && value->is_bool() && value->get_bool();
}

std::string again(const RollState& state) {
  return "gongjictl roll --year " + std::to_string(state.year);
}

}  // namespace

Result<RollState, std::string> parse_roll_state(unsigned http_status, const std::string& body) {
  boost::system::error_code error;
  const boost::json::value json = boost::json::parse(body, error);
  if (http_status / 100 != 2 || error || !json.is_object()) return problem_text(http_status, body);
  RollState state;
  state.year = static_cast<int>(number_at(json, "year"));
  state.total = count_at(json, "accounts_total");
  state.done = count_at(json, "accounts_done");
  state.rolled = count_at(json, "accounts_rolled");
  state.skipped = count_at(json, "accounts_skipped");
  state.refused = count_at(json, "accounts_refused");
  state.running = flag_at(json, "running");
  state.complete = flag_at(json, "complete");
  return state;
}

RollEnd watch_roll(RollState started, const RollHooks& hooks) {
  RollEnd end{std::move(started), false, ""};
  int failures = 0;
  while (end.last.running) {
    hooks.on_progress(end.last);
    if (!hooks.pause()) {
      end.interrupted = true;
      return end;
    }
    auto state = hooks.poll();
    if (state) {
      end.last = std::move(state).value();
      failures = 0;
    } else if (++failures == kFailuresMax) {
      end.trouble = state.error();
      return end;
    }
  }
  return end;
}

std::string roll_text(const RollEnd& end) {
  const RollState& last = end.last;
  const auto number = [](std::uint64_t n) { return loadtest::with_thousands(n); };
  const std::string counts = number(last.done) + " accounts looked at, " + number(last.rolled) +
                             " rolled, " + number(last.skipped) + " without anything to roll, " +
                             number(last.refused) + " refused\n";
  const std::string year = "year " + std::to_string(last.year) + ": ";
  if (end.interrupted)
    return year + counts + "The gateway goes on rolling. To watch it again: " + again(last) + "\n";
  if (!end.trouble.empty())
    return year + counts + "The gateway does not say any more how far it is: " + end.trouble +
           "\nNo account is rolled twice; to go on: " + again(last) + "\n";
  if (!last.complete)
    return year + counts + "The roll broke off before the last account. To go on: " + again(last) +
           "\n";
  if (last.refused > 0)
    return year + counts +
           "The gateway's log names the refused ones. To try them again: " + again(last) + "\n";
  return year + counts + "All accounts are rolled.\n";
}

}  // namespace gongji::ctl
