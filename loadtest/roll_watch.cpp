#include "loadtest/roll_watch.hpp"

#include <boost/json.hpp>
#include <utility>

#include "loadtest/client/blocking_http.hpp"

namespace gongji::loadtest {
namespace {

namespace json = boost::json;

constexpr std::chrono::seconds kTimeout{60};

std::uint64_t count_in(const json::object& fields, std::string_view name) {
  const json::value* value = fields.if_contains(name);
  if (value == nullptr || !value->is_int64()) return 0;
  return static_cast<std::uint64_t>(value->get_int64());
}

bool flag_in(const json::object& fields, std::string_view name) {
  const json::value* value = fields.if_contains(name);
  return value != nullptr && value->is_bool() && value->get_bool();
}

// Whether it still runs. What is no progress is a problem.
bool take_progress(const Result<HttpReply, std::string>& reply, RollReport& report) {
  boost::system::error_code error;
  const json::value progress = reply ? json::parse(reply->body, error) : json::value{};
  const json::object* fields = progress.if_object();
  if (!reply || error || fields == nullptr || reply->status >= 300) {
    report.problem =
        reply ? "the roll: HTTP " + std::to_string(reply->status) + ' ' + reply->body.substr(0, 200)
              : "the roll: " + reply.error();
    return false;
  }
  report.accounts_total = count_in(*fields, "accounts_total");
  report.accounts_done = count_in(*fields, "accounts_done");
  report.accounts_rolled = count_in(*fields, "accounts_rolled");
  report.accounts_skipped = count_in(*fields, "accounts_skipped");
  report.accounts_refused = count_in(*fields, "accounts_refused");
  report.complete = flag_in(*fields, "complete");
  return flag_in(*fields, "running");
}

}  // namespace

RollWatch::RollWatch(RollOptions options)
    : options_(std::move(options)), thread_([this] { watch(); }) {}

RollWatch::~RollWatch() { (void)finish(std::chrono::seconds{0}); }

RollReport RollWatch::finish(std::chrono::seconds wait) {
  {
    std::unique_lock lock{mutex_};
    const bool ended = changed_.wait_for(lock, wait, [this] { return ended_; });
    stopping_ = !ended;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
  return report_;
}

double RollWatch::elapsed_s() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

// False: it is to end.
bool RollWatch::pause(std::chrono::milliseconds duration) {
  std::unique_lock lock{mutex_};
  return !changed_.wait_for(lock, duration, [this] { return stopping_; });
}

void RollWatch::watch() {
  const std::string year = std::to_string(options_.year);
  BlockingHttp http{options_.http, kTimeout};
  http.set_header("Authorization", "Bearer " + options_.token);
  http.set_header("X-Operator", "gongji-load");
  http.set_header("Idempotency-Key", "july-first-" + year);
  report_.year = options_.year;
  bool running = pause(options_.after_s);
  report_.began_s = elapsed_s();
  if (!running) report_.problem = "the load ended before the roll began";
  if (running)
    running = take_progress(http.post("/v1/accounts/roll", R"({"year":)" + year + "}"), report_);
  while (running && pause(options_.poll_ms)) {
    running = take_progress(http.get("/v1/accounts/roll?year=" + year), report_);
    report_.samples.push_back({elapsed_s(), report_.accounts_done});
  }
  report_.ended_s = elapsed_s();
  if (running) report_.problem = "the roll had not ended when we stopped waiting";
  const std::lock_guard lock{mutex_};
  ended_ = true;
  changed_.notify_all();
}

}  // namespace gongji::loadtest
