#include "actors/hot_balance_projector.hpp"

#include <algorithm>
#include <utility>

#include "ports/background_thread.hpp"
#include "ports/log.hpp"

namespace gongji::actors {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kRetryPause = 100ms;
constexpr auto kCheckInterval = 1s;              // of the marker, while nothing is written
constexpr std::size_t kToldEvery = 100 * 1'024;  // households between two lines about a filling
constexpr std::size_t kFewHouseholds = 1'024;    // that changed while others were written
constexpr int kRoundsMax = 8;                    // of writing these, before the marker moves
// A catch-up reads the records it lacks, or looks at every household when that is less: a record
// costs about as much as these.
constexpr std::uint64_t kLooksPerRecord = 4;

template <class T, class Call>
Result<T, StoreError> answer_of(Call call) {
  HotAnswer<T> answer;
  call(answer.then());
  return answer.wait();
}

}  // namespace

HotBalanceProjector::HotBalanceProjector(HotBalances& hot, HotFiller::Ports ports, Epoch epoch,
                                         const ProjectorOptions& options)
    : hot_(hot),
      epoch_(epoch),
      options_(options),
      backlog_(ports.journal.head().durable, options.backlog_max),
      views_(options.views_max),
      writer_(hot),
      filler_(ports, backlog_, views_, writer_, epoch, options.rebuild_households_per_s) {
  thread_ = std::thread{[this] { run(); }};
}

HotBalanceProjector::~HotBalanceProjector() { stop(); }

void HotBalanceProjector::stop() {
  backlog_.stop();
  if (thread_.joinable()) thread_.join();
}

ProjectorFigures HotBalanceProjector::figures() const {
  const std::uint64_t noted = backlog_.noted().number();
  const std::uint64_t projected = projected_;
  ProjectorFigures figures;
  figures.lag_records = noted > projected ? noted - projected : 0;
  figures.lag_seconds = figures.lag_records > 0 ? backlog_.age().count() : 0;
  figures.up = confirmed().has_value() || empty_and_up_;
  figures.rebuilds = rebuilds_;
  figures.catch_ups = catch_ups_;
  figures.filled = filled_;
  figures.refused_older = writer_.refused_older();
  figures.bytes = writer_.bytes();
  figures.backlog_households = backlog_.households();
  return figures;
}

std::optional<HotMarker> HotBalanceProjector::confirmed() const {
  const std::lock_guard lock{mutex_};
  return confirmed_;
}

HotMarker HotBalanceProjector::marker_at(Sequence sequence) const {
  return {journal_, epoch_, sequence};
}

bool HotBalanceProjector::trust(Sequence upto) {
  projected_ = upto.number();
  filled_ = 1;
  ever_whole_ = true;
  complaint_.clear();
  checked_ = Clock::now();
  const std::lock_guard lock{mutex_};
  confirmed_ = marker_at(upto);
  return true;
}

void HotBalanceProjector::distrust() {
  const std::lock_guard lock{mutex_};
  confirmed_.reset();
}

// Says what is wrong once, and that it is.
bool HotBalanceProjector::complain(const std::string& what) {
  if (what != complaint_) log_event(LogLevel::kWarn, "hot_balances_behind", what);
  complaint_ = what;
  return false;
}

// ---- the loop ----

void HotBalanceProjector::run() {
  step_back("hot-balances");  // filling an emptied copy must not be felt by settlements
  for (;;) {
    const bool whole = confirmed().has_value();
    if (!backlog_.wait(whole ? std::chrono::milliseconds{kCheckInterval} : 0ms)) return;
    if (whole && !backlog_.pause(options_.flush_interval_ms)) return;
    if (step()) continue;
    distrust();
    if (whole) continue;  // what is wrong is looked at now, and again after a pause
    if (!backlog_.pause(kRetryPause)) return;
  }
}

bool HotBalanceProjector::step() {
  if (journal_.empty()) journal_ = filler_.journal_name();
  if (journal_.empty()) return wait_for_the_first_record();
  empty_and_up_ = false;
  writer_.fence(std::nullopt);  // should a filling have broken off
  return confirmed() ? flush() : reconcile();
}

bool HotBalanceProjector::wait_for_the_first_record() {
  const auto marker =
      answer_of<std::optional<HotMarker>>([&](auto then) { hot_.find_marker(std::move(then)); });
  empty_and_up_ = marker.ok();
  return marker.ok() ? false : complain(marker.error().message);
}

bool HotBalanceProjector::flush() {
  Sequence upto;
  if (!flush_waiting(&upto)) return false;
  if (upto.number() == projected_) return marker_stands();
  if (move_marker(Sequence{projected_}, upto)) return trust(upto);
  gap_ = true;  // who took the marker back, or never got it, may have lost what was just written
  return false;
}

// Writes what waits. The marker does not follow: the caller knows what else it promises.
bool HotBalanceProjector::flush_waiting(Sequence* upto) {
  HotBacklog::Part part = backlog_.take();
  if (part.overflowed) return give_up_views();
  for (const HotHousehold& state : part.states) views_.learn(state);
  const std::vector<HotBatch> batches =
      batches_of(std::move(part.states), writer_.households_per_batch());
  bool written = true;
  for (const HotBatch& batch : batches) written = written && writer_.write(batch);
  written = writer_.finish() && written;
  if (written && !part.refresh.empty())
    written = filler_.write(part.refresh, [](std::size_t) { return true; });
  if (!written) {
    backlog_.put_back(batches, part.refresh);
    return complain(writer_.fault());
  }
  backlog_.written();
  if (upto != nullptr) *upto = part.upto;
  return true;
}

// Nobody knows whose changes were dropped, so what is known of them may be old.
bool HotBalanceProjector::give_up_views() {
  backlog_.written();  // what is left is read with the rest
  views_.forget_all();
  gap_ = true;
  return complain("too many households changed since the last write; reading them again");
}

// A copy that went away or back in time while nothing was written to it.
bool HotBalanceProjector::marker_stands() {
  if (Clock::now() - checked_ < kCheckInterval) return true;
  checked_ = Clock::now();
  const auto marker =
      answer_of<std::optional<HotMarker>>([&](auto then) { hot_.find_marker(std::move(then)); });
  if (!marker) return complain(marker.error().message);
  if (*marker == marker_at(Sequence{projected_})) return true;
  return complain("the marker is not where it was left");
}

bool HotBalanceProjector::move_marker(std::optional<Sequence> from, Sequence to) {
  const auto at = from ? std::optional{marker_at(*from)} : std::nullopt;
  const auto moved =
      answer_of<bool>([&](auto then) { hot_.move_marker(at, marker_at(to), std::move(then)); });
  if (!moved) return complain(moved.error().message);
  return *moved || complain("the marker is not where it was left");
}

// ---- after a connection was made, or lost, or something does not fit ----

HotBalanceProjector::Fit HotBalanceProjector::judge(const std::optional<HotMarker>& marker) const {
  if (!marker) return Fit::kNone;
  if (marker->journal != journal_) return Fit::kForeign;
  if (marker->epoch > epoch_) return Fit::kNewerOwner;
  if (marker->sequence > backlog_.noted()) return Fit::kForeign;
  return marker->sequence.is_none() ? Fit::kNone : Fit::kOurs;  // 0: somebody began to fill it
}

bool HotBalanceProjector::reconcile() {
  if (backlog_.take_overflow()) give_up_views();
  const auto marker =
      answer_of<std::optional<HotMarker>>([&](auto then) { hot_.find_marker(std::move(then)); });
  if (!marker) return complain(marker.error().message);
  switch (judge(*marker)) {
    case Fit::kNone: return rebuild(false);
    case Fit::kOurs: return catch_up((*marker)->sequence);
    case Fit::kNewerOwner: return complain("a newer owner of this journal keeps it");
    case Fit::kForeign:
      if (ever_whole_) return complain("another gateway has written to it; one of the two must go");
      return rebuild(true);
  }
  return false;
}

// What was there before this process, or was dropped, is read again; all else waits in the backlog.
bool HotBalanceProjector::catch_up(Sequence from) {
  const Sequence until = backlog_.noted();
  const bool behind = gap_ || from.number() < projected_;
  if (!move_marker(std::nullopt, from)) return false;  // ours from now on
  projected_ = from.number();
  if (!behind) return trust(from);
  log_event(LogLevel::kInfo, "hot_balances_catching_up",
            "Redis is given what changed since its marker.",
            {{"after", from.number()}, {"until", until.number()}});
  const std::uint64_t households = filler_.next_household().number();
  const bool by_records = (until.number() - from.number()) * kLooksPerRecord < households;
  if (!(by_records ? catch_up_by_records(from, until) : fill(from))) return false;
  Sequence upto;
  if (!finish_filling(from, &upto)) return false;
  ++catch_ups_;
  log_event(LogLevel::kInfo, "hot_balances_caught_up", "The hot balances are complete.",
            {{"sequence", upto.number()}});
  return trust(upto);
}

bool HotBalanceProjector::catch_up_by_records(Sequence& from, Sequence until) {
  const Sequence began = from;
  while (from < until) {
    const Sequence before = from;
    const auto changed = filler_.changed_after(from, until);
    if (!changed || from == before) return complain("the journal cannot be read");
    const auto done = [&](std::size_t) {
      return between(before.number() - began.number(), until.number() - began.number());
    };
    begin_filling(before);
    if (!filler_.write(*changed, done)) return complain(writer_.fault());
    if (!move_marker(before, from)) return false;
    begin_filling(from);  // what changed meanwhile is written behind the marker as it stands now
    projected_ = from.number();
  }
  return true;
}

// The marker stands at 0 meanwhile: one that is emptied again shows at the end.
bool HotBalanceProjector::rebuild(bool clear_first) {
  if (clear_first) {
    log_event(LogLevel::kWarn, "hot_balances_cleared",
              "What was in Redis belongs to another journal or layout.");
    const auto cleared = answer_of<Done>([&](auto then) { hot_.clear(std::move(then)); });
    if (!cleared) return complain(cleared.error().message);
  }
  projected_ = 0;
  if (!move_marker(std::nullopt, Sequence{})) return false;
  log_event(LogLevel::kInfo, "hot_balances_rebuilding", "All balances are projected again.",
            {{"done", std::size_t{0}}, {"total", filler_.next_household().number() - 1}});
  Sequence upto;
  if (!fill(Sequence{}) || !finish_filling(Sequence{}, &upto)) return false;
  ++rebuilds_;
  log_event(LogLevel::kInfo, "hot_balances_rebuilt", "The hot balances are complete.",
            {{"sequence", upto.number()}});
  return trust(upto);
}

// ---- filling ----

// From here to the end of finish_filling() changes may be in neither the copy nor the backlog.
void HotBalanceProjector::begin_filling(Sequence marked) {
  gap_ = true;
  writer_.fence(marker_at(marked));
}

bool HotBalanceProjector::fill(Sequence after) {
  begin_filling(after);
  const std::size_t total = filler_.next_household().number() - 1;
  const auto done = [&](std::size_t households) { return between(households, total); };
  return filler_.write_all(after, done) || complain(writer_.fault());
}

// Settlements go on meanwhile, and what they change waits: most of it is written with its
// household. False ends the filling.
bool HotBalanceProjector::between(std::size_t done, std::size_t total) {
  filled_ = total == 0 ? 1.0 : static_cast<double>(done) / static_cast<double>(total);
  if (done % kToldEvery == 0 && done > 0)
    log_event(LogLevel::kInfo, "hot_balances_rebuilding", "All balances are projected again.",
              {{"done", done}, {"total", total}});
  if (backlog_.households() > options_.backlog_max / 2 && !flush_waiting()) return false;
  return backlog_.pause(filler_.ahead_by());
}

// What changed since its household was written.
bool HotBalanceProjector::finish_filling(Sequence marked, Sequence* upto) {
  bool few = false;
  for (int round = 0; round < kRoundsMax && !few; ++round) {
    few = backlog_.households() < kFewHouseholds;
    if (!flush_waiting(upto) || !backlog_.pause(0ms)) return false;
  }
  writer_.fence(std::nullopt);
  if (!move_marker(marked, *upto)) return false;
  gap_ = false;
  return true;
}

}  // namespace gongji::actors
