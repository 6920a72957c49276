#include "actors/hot_balance_projector.hpp"

#include <algorithm>
#include <chrono>
#include <latch>
#include <utility>

#include "ports/log.hpp"

namespace gongji::actors {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kHouseholdsPerWrite = 256;
constexpr auto kRetryPause = 200ms;
constexpr auto kMarkerInterval = 1s;

}  // namespace

HotBalanceProjector::HotBalanceProjector(Ports ports, Epoch epoch)
    : ports_(std::move(ports)), epoch_(epoch) {
  noted_ = ports_.durable().number();
  thread_ = std::thread{[this] { run(); }};
}

HotBalanceProjector::~HotBalanceProjector() { stop(); }

void HotBalanceProjector::stop() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void HotBalanceProjector::note(const std::vector<RecordPtr>& records) {
  {
    const std::lock_guard lock{mutex_};
    for (const RecordPtr& record : records)
      if (record->applied() && !record->household.is_none()) changed_.insert(record->household);
    noted_ = records.back()->sequence.number();
  }
  wake_.notify_one();
}

ProjectorFigures HotBalanceProjector::figures() const {
  const std::lock_guard lock{mutex_};
  const std::uint64_t projected = projected_.load();
  return {noted_ > projected ? noted_ - projected : 0, up_.load(), rebuilds_.load(),
          refused_older_.load()};
}

// False when the projector is to stop.
bool HotBalanceProjector::pause(std::chrono::milliseconds time) {
  std::unique_lock lock{mutex_};
  wake_.wait_for(lock, time, [this] { return stopping_; });
  return !stopping_;
}

void HotBalanceProjector::run() {
  for (;;) {
    {
      std::unique_lock lock{mutex_};
      wake_.wait_for(lock, kMarkerInterval, [this] { return stopping_ || !changed_.empty(); });
      if (stopping_) return;
    }
    if (!ensure_complete()) {
      if (!pause(kRetryPause)) return;
      continue;
    }
    std::uint64_t up_to = 0;
    {
      const std::lock_guard lock{mutex_};
      up_to = noted_;
    }
    const std::vector<HouseholdId> households = take_changed();
    if (!project(households)) {
      put_back(households);
      complete_ = false;  // what happened to it meanwhile is for the marker to say
      if (!pause(kRetryPause)) return;
      continue;
    }
    complete_ = move_marker(Sequence{up_to});
  }
}

bool HotBalanceProjector::move_marker(Sequence up_to) {
  const Sequence from{projected_.load()};
  if (up_to == from) return true;
  const auto moved = ports_.hot.advance_marker(epoch_, from, up_to);
  up_ = moved.ok();
  if (!moved || !*moved) return false;
  projected_ = up_to.number();
  return true;
}

// A missing marker means a new, emptied or restored Redis: everything is projected again, and only
// then is it said to be complete. The marker is looked at again after every failure and whenever
// nothing happened for a while.
bool HotBalanceProjector::ensure_complete() {
  const auto marker = ports_.hot.marker();
  up_ = marker.ok();
  if (!marker) return false;
  if (complete_ && *marker && **marker == Sequence{projected_.load()}) return true;
  complete_ = project_everything();
  return complete_;
}

// Household ids are dense from 1 on, so counting visits every household; those that merged into
// another one are empty and cost a look.
bool HotBalanceProjector::project_everything() {
  const Sequence up_to = ports_.durable();
  const HouseholdId end = ports_.next_household();
  HouseholdId next{1};
  while (next < end) {
    std::vector<HouseholdId> part;
    for (; next < end && part.size() < kHouseholdsPerWrite; next = next.next())
      part.push_back(next);
    if (!project(part)) return false;
    if (next.number() % 100'096 == 1)
      log_event(LogLevel::kInfo, "hot_balances_rebuilding", "All balances are projected again.",
                {{"done", next.number()}, {"total", end.number()}});
  }
  if (!ports_.hot.set_marker(epoch_, up_to)) return false;
  projected_ = up_to.number();
  ++rebuilds_;
  log_event(LogLevel::kInfo, "hot_balances_rebuilt", "The hot balances are complete.",
            {{"sequence", up_to.number()}});
  return true;
}

bool HotBalanceProjector::project(const std::vector<HouseholdId>& households) {
  for (std::size_t start = 0; start < households.size(); start += kHouseholdsPerWrite) {
    const auto first = households.begin() + static_cast<std::ptrdiff_t>(start);
    const auto count = std::min(kHouseholdsPerWrite, households.size() - start);
    const std::vector<HotHousehold> states =
        look_at({first, first + static_cast<std::ptrdiff_t>(count)});
    if (states.size() < count) return false;  // the marker must not pass one that did not answer
    if (!wait_until_durable(states)) return false;
    const auto older = ports_.hot.apply(states);
    up_ = older.ok();
    if (!older) return false;
    refused_older_ += *older;
  }
  return true;
}

std::vector<HotHousehold> HotBalanceProjector::look_at(const std::vector<HouseholdId>& households) {
  struct Collected {
    std::mutex mutex;
    std::vector<HotHousehold> states;
    std::latch all;
    explicit Collected(std::ptrdiff_t count) : all(count) {}
  };
  // Counts down whatever happens to the question.
  struct Answer {
    explicit Answer(std::shared_ptr<Collected> to) : collected(std::move(to)) {}
    ~Answer() { collected->all.count_down(); }
    Answer(const Answer&) = delete;
    Answer& operator=(const Answer&) = delete;
    std::shared_ptr<Collected> collected;
  };
  const auto collected =
      std::make_shared<Collected>(static_cast<std::ptrdiff_t>(households.size()));
  for (const HouseholdId household : households) {
    auto answer = std::make_shared<Answer>(collected);
    ports_.look(household, [this, answer](HotHousehold state) {
      state.epoch = epoch_;
      const std::lock_guard lock{answer->collected->mutex};
      answer->collected->states.push_back(std::move(state));
    });
  }
  collected->all.wait();
  return std::move(collected->states);
}

// An actor's state may be a sync ahead of the disk; nobody may read what a crash could take back.
// False when the projector is to stop.
bool HotBalanceProjector::wait_until_durable(const std::vector<HotHousehold>& states) {
  Sequence newest;
  for (const HotHousehold& state : states) newest = std::max(newest, state.sequence);
  while (ports_.durable() < newest)
    if (!pause(1ms)) return false;
  return true;
}

std::vector<HouseholdId> HotBalanceProjector::take_changed() {
  const std::lock_guard lock{mutex_};
  std::vector<HouseholdId> households{changed_.begin(), changed_.end()};
  changed_.clear();
  return households;
}

void HotBalanceProjector::put_back(const std::vector<HouseholdId>& households) {
  const std::lock_guard lock{mutex_};
  changed_.insert(households.begin(), households.end());
}

}  // namespace gongji::actors
