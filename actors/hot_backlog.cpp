#include "actors/hot_backlog.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace gongji::actors {
namespace {

constexpr std::size_t kRefreshMax = 10'000;

bool is_older(const HotHousehold& a, const HotHousehold& b) {
  return std::tie(a.epoch, a.sequence) < std::tie(b.epoch, b.sequence);
}

}  // namespace

void absorb(HotHousehold& newer, const HotHousehold& older) {
  for (HotPerson& person : newer.persons) {
    const auto before = std::find_if(older.persons.begin(), older.persons.end(),
                                     [&](const HotPerson& each) { return each.id == person.id; });
    if (before == older.persons.end()) continue;
    person.touched = person.touched || before->touched;
    if (!person.details) person.details = before->details;
  }
}

HotBacklog::HotBacklog(Sequence durable, std::size_t households_max)
    : households_max_(households_max), noted_(durable) {}

void HotBacklog::note(Sequence upto, std::vector<HotHousehold> changes) {
  bool wake = false;
  {
    const std::lock_guard lock{mutex_};
    wake = waiting_.empty() && !changes.empty();
    if (!waiting_since_) waiting_since_ = Clock::now();
    for (HotHousehold& change : changes) put(std::move(change));
    drop_if_full();
    noted_ = upto;
  }
  if (wake) wake_.notify_one();
}

void HotBacklog::put(HotHousehold change) {
  const auto [place, fresh] = waiting_.try_emplace(change.household);
  HotHousehold& present = place->second;
  if (fresh) {
    present = std::move(change);
  } else if (is_older(present, change)) {
    absorb(change, present);
    present = std::move(change);
  } else {
    absorb(present, change);
  }
}

void HotBacklog::drop_if_full() {
  if (waiting_.size() <= households_max_) return;
  std::unordered_map<HouseholdId, HotHousehold>{}.swap(waiting_);
  overflowed_ = true;
}

void HotBacklog::refresh(HouseholdId household) {
  const std::lock_guard lock{mutex_};
  if (refresh_.size() < kRefreshMax) refresh_.insert(household);
}

// The projector's thread may be put aside at any moment, so it does nothing long while it has the
// lock: the journal writer waits for it.
HotBacklog::Part HotBacklog::take() {
  Part part;
  {
    const std::lock_guard lock{mutex_};
    part = {{}, {refresh_.begin(), refresh_.end()}, noted_, overflowed_};
    refresh_.clear();
    in_flight_.swap(waiting_);
    in_flight_since_ = std::exchange(waiting_since_, std::nullopt);
  }
  part.states.reserve(in_flight_.size());
  for (auto& [household, state] : in_flight_) part.states.push_back(std::move(state));
  return part;
}

std::vector<HotHousehold> HotBacklog::take_of(const std::vector<HouseholdId>& households) {
  std::vector<States::node_type> taken;
  taken.reserve(households.size());
  {
    const std::lock_guard lock{mutex_};
    for (const HouseholdId household : households) taken.push_back(waiting_.extract(household));
  }
  std::vector<HotHousehold> states;
  for (States::node_type& each : taken)
    if (each) states.push_back(std::move(each.mapped()));
  return states;
}

void HotBacklog::written() {
  States gone;
  const std::lock_guard lock{mutex_};
  gone.swap(in_flight_);
  in_flight_since_.reset();
}

void HotBacklog::put_back(const std::vector<HotBatch>& batches,
                          const std::vector<HouseholdId>& refresh) {
  const std::lock_guard lock{mutex_};
  for (const HotBatch& batch : batches)
    for (const HotHousehold& state : *batch) put(state);
  refresh_.insert(refresh.begin(), refresh.end());
  drop_if_full();
  in_flight_.clear();
  if (in_flight_since_) waiting_since_ = in_flight_since_;
  in_flight_since_.reset();
}

bool HotBacklog::take_overflow() {
  const std::lock_guard lock{mutex_};
  return std::exchange(overflowed_, false);
}

bool HotBacklog::wait(std::chrono::milliseconds time) {
  std::unique_lock lock{mutex_};
  wake_.wait_for(lock, time, [this] { return stopping_ || !waiting_.empty(); });
  return !stopping_;
}

bool HotBacklog::pause(std::chrono::milliseconds time) {
  std::unique_lock lock{mutex_};
  wake_.wait_for(lock, time, [this] { return stopping_; });
  return !stopping_;
}

void HotBacklog::stop() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_all();
}

Sequence HotBacklog::noted() const {
  const std::lock_guard lock{mutex_};
  return noted_;
}

bool HotBacklog::holds(HouseholdId household) const {
  const std::lock_guard lock{mutex_};
  return overflowed_ || waiting_.contains(household) || in_flight_.contains(household);
}

std::size_t HotBacklog::households() const {
  const std::lock_guard lock{mutex_};
  return waiting_.size() + in_flight_.size();
}

std::chrono::duration<double> HotBacklog::age() const {
  const std::lock_guard lock{mutex_};
  const auto since = in_flight_since_ ? in_flight_since_ : waiting_since_;
  return since ? Clock::now() - *since : std::chrono::duration<double>{};
}

}  // namespace gongji::actors
