#include "actors/roll_run.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "ports/background_thread.hpp"
#include "ports/log.hpp"
#include "ports/thread_turn.hpp"

namespace gongji::actors {
namespace {

constexpr std::size_t kPage = 4'096;                // persons read from the index at once
constexpr std::chrono::milliseconds kBusyPause{5};  // before what was refused for lack of room

unsigned batch_of(unsigned window) { return std::max(1U, window / 2); }

}  // namespace

struct RollRun::Shared {
  explicit Shared(unsigned window) : inflight_to_go_on(window - batch_of(window)) {}
  mutable std::mutex mutex;
  std::condition_variable changed;
  std::optional<RollProgress> progress;
  unsigned inflight = 0;
  const unsigned inflight_to_go_on;  // there is room for a batch
  std::deque<PersonId> again;        // refused for lack of room
  bool stopping = false;
  bool failed = false;  // an account whose fate nobody knows: the run cannot say "complete"

  void answered(const PersonId& person, const Reply& reply) {
    const std::lock_guard lock{mutex};
    --inflight;
    count(person, reply);
    if (inflight <= inflight_to_go_on) changed.notify_all();
  }
  // Whether who sends has something to do; `nothing_left` of this page but what comes again.
  [[nodiscard]] bool wakes_sender(bool nothing_left) const {
    return stopping || inflight <= (nothing_left ? 0 : inflight_to_go_on);
  }

 private:
  void count(const PersonId& person, const Reply& reply) {
    const auto* recorded = std::get_if<Recorded>(&reply);
    const auto* undecided = std::get_if<NotDecided>(&reply);
    const Reason reason = undecided != nullptr ? undecided->refusal.reason : Reason::kNone;
    if (reason == Reason::kBusy || reason == Reason::kDeadline) return again.push_back(person);
    ++progress->accounts_done;
    if (recorded != nullptr && recorded->record->applied())
      ++progress->accounts_rolled;
    else if (undecided != nullptr && reason == Reason::kNone)
      ++progress->accounts_skipped;
    else
      refuse(recorded, reason);
  }
  void refuse(const Recorded* recorded, Reason reason) {
    ++progress->accounts_refused;
    const bool unknown = recorded == nullptr && reason == Reason::kNone;
    failed = failed || unknown;
    const Refusal* refusal = recorded == nullptr ? nullptr : recorded->record->refusal();
    const std::string why{code(refusal != nullptr ? refusal->reason : reason)};
    // No person in the log: the household's records tell who it was.
    log_event(LogLevel::kWarn, "account_not_rolled", "The year roll refused an account.",
              {{"reason", unknown ? "unknown" : std::string_view{why}}});
  }
};

namespace {

class RollTicket final : public ReplyTicket {
 public:
  explicit RollTicket(std::function<void(const Reply&)> then) : then_(std::move(then)) {}
  ~RollTicket() override {
    if (then_) then_(OutcomeUnknown{});
  }
  void complete(Reply reply) noexcept override {
    if (const auto then = std::exchange(then_, nullptr)) then(reply);
  }

 private:
  std::function<void(const Reply&)> then_;
};

}  // namespace

RollRun::RollRun(BulkService& service, const JournalIndex& index, const Clock& clock,
                 RollOptions options)
    : service_(service),
      index_(index),
      clock_(clock),
      options_(options),
      shared_(std::make_shared<Shared>(options.window)) {}

RollRun::~RollRun() { stop(); }

bool RollRun::start(int year, const Origin& ordered_by) {
  {
    const std::lock_guard lock{shared_->mutex};
    auto& progress = shared_->progress;
    if (shared_->stopping) return false;
    if (progress && progress->running) return progress->year == year;
    progress = RollProgress{};
    progress->year = year;
    progress->running = true;
    progress->accounts_total = index_.persons_estimate();
    shared_->failed = false;
  }
  if (thread_.joinable()) thread_.join();  // the last run is over
  thread_ = std::thread{[this, year, ordered_by] { run(year, ordered_by); }};
  return true;
}

std::optional<RollProgress> RollRun::progress() const {
  const std::lock_guard lock{shared_->mutex};
  return shared_->progress;
}

void RollRun::stop() {
  {
    const std::lock_guard lock{shared_->mutex};
    shared_->stopping = true;
  }
  shared_->changed.notify_all();
  if (thread_.joinable()) thread_.join();
}

void RollRun::run(int year, Origin ordered_by) {
  name_thread("year-roll");
  log_event(LogLevel::kInfo, "roll_began", "The year roll goes over all accounts.",
            {{"year", year}});
  PersonId after;
  while (roll_page(year, ordered_by, after)) {
  }
  std::unique_lock lock{shared_->mutex};
  RollProgress& progress = *shared_->progress;
  progress.running = false;
  progress.complete = !shared_->stopping && !shared_->failed;
  if (progress.complete) progress.accounts_total = progress.accounts_done;
  log_event(LogLevel::kInfo, "roll_ended", "The year roll ended.",
            {{"year", year},
             {"rolled", progress.accounts_rolled},
             {"skipped", progress.accounts_skipped},
             {"refused", progress.accounts_refused},
             {"complete", progress.complete}});
}

// False when there is no further page, or the run has to end.
bool RollRun::roll_page(int year, const Origin& ordered_by, PersonId& after) {
  const auto persons = index_.persons_after(after, kPage);
  if (!persons) {
    log_event(LogLevel::kError, "roll_broke_off", "The year roll cannot read who there is.",
              {{"error", persons.error().message}});
    shared_->failed = true;
    return false;
  }
  if (persons->empty()) return false;
  after = persons->back();
  return roll_all(year, ordered_by, {persons->begin(), persons->end()});
}

// False when the run has to end.
bool RollRun::roll_all(int year, const Origin& ordered_by, std::deque<PersonId> persons) {
  for (;;) {
    const bool again = persons.empty();
    if (!wait_for_room(persons)) return false;
    if (persons.empty()) return true;
    if (again) std::this_thread::sleep_for(kBusyPause);
    submit(year, ordered_by, take(persons));
  }
}

// When no persons are left: until all are answered, and then takes those that were refused for lack
// of room. False when the run has to end.
bool RollRun::wait_for_room(std::deque<PersonId>& persons) {
  std::unique_lock lock{shared_->mutex};
  shared_->changed.wait(lock, [&] { return shared_->wakes_sender(persons.empty()); });
  if (persons.empty()) persons = std::exchange(shared_->again, {});
  return !shared_->stopping;
}

std::vector<PersonId> RollRun::take(std::deque<PersonId>& persons) {
  std::vector<PersonId> taken;
  for (; taken.size() < batch_of(options_.window) && !persons.empty(); persons.pop_front())
    taken.push_back(std::move(persons.front()));
  const std::lock_guard lock{shared_->mutex};
  shared_->inflight += static_cast<unsigned>(taken.size());
  return taken;
}

void RollRun::submit(int year, const Origin& ordered_by, const std::vector<PersonId>& persons) {
  std::vector<BulkMessage> messages;
  messages.reserve(persons.size());
  for (const PersonId& person : persons)
    messages.push_back(
        {request_of(year, ordered_by, person),
         std::make_unique<RollTicket>(
             [shared = shared_, person](const Reply& reply) { shared->answered(person, reply); })});
  const ThreadTurn turn{ThreadTurn::Mail::kLeftToOthers};
  service_.submit_all(std::move(messages));
}

Request RollRun::request_of(int year, const Origin& ordered_by, const PersonId& person) const {
  Request request;
  request.origin = ordered_by;
  request.origin.key = {{}, "roll", std::to_string(year)};
  request.origin.received_at = clock_.now();
  request.deadline = std::chrono::steady_clock::now() + options_.deadline_ms;
  request.ask = AdminRequest{RollYearCommand{person, year, Fen{}}};
  return request;
}

}  // namespace gongji::actors
