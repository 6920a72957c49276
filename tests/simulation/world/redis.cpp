#include "tests/simulation/world/redis.hpp"

#include <algorithm>
#include <utility>

namespace gongji::simulation {

// ---- the server ----

void RedisServer::write(const Write& write) {
  const auto present = balances_;
  write(*present);
  if (present == balances_) writes_.push_back(write);  // else it is lost with what it wrote to
}

void RedisServer::empty() {
  balances_ = std::make_shared<stores::MemoryHotBalances>();
  writes_.clear();
  kept_ = 0;
  ++starts_;
}

// Others go on writing to the server of before while the copy is read.
void RedisServer::restore_copy() {
  const auto last = static_cast<std::ptrdiff_t>(std::min(kept_, writes_.size()));
  std::vector<Write> known{writes_.begin(), writes_.begin() + last};
  const auto restored = std::make_shared<stores::MemoryHotBalances>();
  for (const Write& write : known) write(*restored);
  balances_ = restored;
  writes_ = std::move(known);
  ++starts_;
}

// ---- a client ----

namespace {

constexpr Time kLateAtMost{std::chrono::seconds{1}};

// Every state arrives as new as it must be to be taken, however old it is.
HotBatch as_if_new(HotBalances& server, const HotBatch& households) {
  auto newest = std::make_shared<std::vector<HotHousehold>>(*households);
  for (HotHousehold& household : *newest)
    server.find_household(household.household, [&](const auto& present) {
      if (!present || !*present) return;
      household.epoch = std::max(household.epoch, (*present)->epoch);
      household.sequence = std::max(household.sequence, (*present)->sequence);
    });
  return newest;
}

}  // namespace

RedisClient::RedisClient(const Parts& parts)
    : parts_(parts), connection_(parts.schedule.start([this] { run(); })) {}

RedisClient::~RedisClient() {
  closing_ = true;
  parts_.schedule.wake_all(this);
  parts_.schedule.join(connection_);
}

void RedisClient::run() {
  while (!closing_ || !sent_.empty()) {
    if (sent_.empty()) {
      parts_.schedule.wait(this);
      continue;
    }
    const Job job = std::move(sent_.front());
    sent_.pop_front();
    job();
  }
}

// The first request over a connection that is no more is lost with it.
bool RedisClient::broken() {
  return std::exchange(connected_to_, parts_.server.starts()) != parts_.server.starts();
}

template <class T, class Call>
void RedisClient::send(HotThen<T> then, Call call) {
  sent_.push_back([this, then = std::move(then), call = std::move(call)] {
    Schedule& schedule = parts_.schedule;
    schedule.sleep(schedule.chance_time(parts_.weather.redis_max));
    std::optional<Result<T, StoreError>> answer;
    if (!broken() && !away())
      call([&answer](Result<T, StoreError> result) { answer.emplace(std::move(result)); });
    schedule.preempt();
    if (!answer || away()) answer.emplace(StoreError{"Redis is away"});
    then(std::move(*answer));
  });
  parts_.schedule.wake_all(this);
}

// The write is kept for a server that comes back from a copy; its answer is given once.
template <class T, class Call>
void RedisClient::send_write(HotThen<T> then, Call call) {
  send<T>(std::move(then), [&server = parts_.server, call = std::move(call)](HotThen<T> answer) {
    server.write(
        [call, answer = std::make_shared<HotThen<T>>(std::move(answer))](HotBalances& balances) {
          HotThen<T> once = std::exchange(*answer, [](const Result<T, StoreError>&) {});
          call(balances, std::move(once));
        });
  });
}

void RedisClient::apply(HotBatch households, HotThen<HotApplied> then) {
  const bool tampers = parts_.bug == Bug::kOlderBalanceApplied;
  const auto put = [tampers, households](HotBalances& server, HotThen<HotApplied> answer) {
    server.apply(tampers ? as_if_new(server, households) : households, std::move(answer));
  };
  if (away() && parts_.schedule.chance().below(2) == 0)
    arrive_late([put](HotBalances& server) { put(server, [](const auto&) {}); });
  send_write<HotApplied>(std::move(then), put);
}

// A transaction that watches the marker from when it is sent. A server that comes back from a copy
// has what it had.
void RedisClient::fill(HotBatch households, HotMarker fence, HotThen<HotApplied> then) {
  const auto put = [households, fence, &watched = parts_.server, seen = parts_.server.marked(),
                    carried_out = std::make_shared<std::optional<bool>>()](
                       HotBalances& server, HotThen<HotApplied> answer) {
    if (!*carried_out) *carried_out = watched.marked() == seen;
    if (!**carried_out) return answer(StoreError{"the marker was touched"});
    server.fill(households, fence, std::move(answer));
  };
  if (away() && parts_.schedule.chance().below(2) == 0)
    arrive_late([put](HotBalances& server) { put(server, [](const auto&) {}); });
  send_write<HotApplied>(std::move(then), put);
}

// Who wrote it was told that it is lost, and has written something newer since.
void RedisClient::arrive_late(RedisServer::Write write) {
  parts_.schedule.start(
      [parts = parts_, write = std::move(write), start = parts_.server.starts()] {
        parts.schedule.sleep(parts.schedule.chance_time(kLateAtMost));
        if (parts.server.starts() == start) parts.server.write(write);
      },
      &parts_.schedule.network());
}

void RedisClient::find_marker(HotThen<std::optional<HotMarker>> then) {
  send<std::optional<HotMarker>>(
      std::move(then), [this](auto answer) { parts_.server.balances()->find_marker(answer); });
}

void RedisClient::move_marker(std::optional<HotMarker> from, HotMarker to, HotThen<bool> then) {
  send_write<bool>(std::move(then),
                   [from, to, &marked = parts_.server](HotBalances& server, HotThen<bool> answer) {
                     marked.note_marked();
                     server.move_marker(from, to, std::move(answer));
                   });
}

void RedisClient::clear(HotThen<Done> then) {
  send_write<Done>(std::move(then), [](HotBalances& server, HotThen<Done> answer) {
    server.clear(std::move(answer));
  });
}

void RedisClient::find_person(const PersonId& person, HotMarker at_least,
                              HotThen<std::optional<HotPersonFound>> then) {
  send<std::optional<HotPersonFound>>(std::move(then), [this, person, at_least](auto answer) {
    parts_.server.balances()->find_person(person, at_least, answer);
  });
}

void RedisClient::find_household(HouseholdId household, HotThen<std::optional<HotHousehold>> then) {
  send<std::optional<HotHousehold>>(std::move(then), [this, household](auto answer) {
    parts_.server.balances()->find_household(household, answer);
  });
}

}  // namespace gongji::simulation
