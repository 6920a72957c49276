#include "stores/redis/redis_hot_balances.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include "ports/hot_answer.hpp"
#include "stores/redis/gather.hpp"
#include "stores/redis/hot_layout.hpp"
#include "stores/redis/key_slot.hpp"

namespace gongji::stores {
namespace {

using Kind = RedisValue::Kind;

constexpr const char* kKeysPerScan = "1000";
constexpr std::chrono::milliseconds kConnectedAsked{20};  // how often

// How many wrote nothing because something newer was there.
std::size_t count_refused(const std::vector<RedisValue>& replies,
                          const std::vector<std::size_t>& of_households) {
  return static_cast<std::size_t>(
      std::count_if(of_households.begin(), of_households.end(),
                    [&](std::size_t place) { return replies[place].integer == 0; }));
}

// Of several masters the one that is furthest behind speaks for all.
std::optional<HotMarker> oldest(const std::vector<RedisValue>& replies) {
  std::optional<HotMarker> oldest;
  for (const RedisValue& reply : replies) {
    auto marker = read_marker(reply);
    if (!marker) return std::nullopt;
    if (!oldest || marker->sequence < oldest->sequence) oldest = std::move(marker);
    if (oldest->journal.empty()) return HotMarker{};
  }
  return oldest;
}

bool is_as_new_as(const std::optional<HotMarker>& marker, const HotMarker& wanted) {
  if (wanted.sequence.is_none()) return true;
  return marker && marker->journal == wanted.journal && marker->epoch == wanted.epoch &&
         marker->sequence >= wanted.sequence;
}

}  // namespace

// A read that is answered once: by Redis, or by the clock.
struct RedisHotBalances::Reading {
  HotThen<std::optional<HotPersonFound>> then;
  std::chrono::steady_clock::time_point due;

  void answer(Result<std::optional<HotPersonFound>, StoreError> result) {
    if (const auto open = std::exchange(then, nullptr)) open(std::move(result));
  }
};

RedisHotBalances::RedisHotBalances(RedisTarget target, const RedisOptions& options)
    : read_timeout_(options.read_timeout_ms),
      one_master_(target.kind != RedisKind::kCluster),
      client_(std::move(target), {options.connect_timeout_ms, options.command_timeout_ms},
              options.on_notice),
      expiry_(client_.loop()) {}

RedisHotBalances::~RedisHotBalances() {
  HotAnswer<Done> done;
  client_.post([this, then = done.then()] {
    expiry_.cancel();
    for (const ReadingPtr& reading : std::exchange(readings_, {}))
      reading->answer(StoreError{"redis: the gateway stops"});
    then(Done{});
  });
  static_cast<void>(done.wait());
}

Status<StoreError> RedisHotBalances::wait_until_connected(std::chrono::milliseconds time) {
  const auto until = std::chrono::steady_clock::now() + time;
  for (;;) {
    HotAnswer<std::optional<HotMarker>> answer;
    find_marker(answer.then());
    const auto marker = answer.wait();
    if (marker) return Done{};
    if (std::chrono::steady_clock::now() >= until) return marker.error();
    std::this_thread::sleep_for(kConnectedAsked);
  }
}

void RedisHotBalances::apply(HotBatch households, HotThen<HotApplied> then) {
  client_.post([this, households = std::move(households), then = std::move(then)] {
    auto bytes = std::make_shared<std::uint64_t>(0);
    auto of_households = std::make_shared<std::vector<std::size_t>>();
    std::size_t sent = 0;
    const Gather gather{
        [then, bytes, of_households](Result<std::vector<RedisValue>, StoreError> all) {
          if (!all) return then(all.error());
          then(HotApplied{count_refused(*all, *of_households), *bytes});
        }};
    const auto send = [&](RedisRequest request) {
      *bytes += request.bytes();
      ++sent;
      const unsigned slot = slot_of(request.words.front());
      client_.send(slot, std::move(request), gather.one_more());
    };
    for (const HotHousehold& state : *households) {
      of_households->push_back(sent);
      send(write_household(state));
      for (const HotPerson& person : state.persons) {
        if (person.touched) send(write_person(state, person));
        if (person.details) send(write_details(state, person));
      }
    }
  });
}

// The commands are made here, on the caller's thread: the loop has readers to answer. In a cluster
// a transaction has one slot only, so there each entry is checked for itself.
void RedisHotBalances::fill(HotBatch households, HotMarker fence, HotThen<HotApplied> then) {
  if (!one_master_) return apply(std::move(households), std::move(then));
  const HashForm form = client_.takes_ready_hashes() ? HashForm::kReady : HashForm::kWords;
  client_.post([this, commands = write_plainly(*households, form), fence = std::move(fence),
                then = std::move(then)]() mutable {
    const std::uint64_t bytes = commands.text().size();
    filling_.add(std::move(commands), std::move(fence),
                 [then = std::move(then), bytes](const Result<Done, StoreError>& done) {
                   if (!done) return then(done.error());
                   then(HotApplied{0, bytes});
                 });
  });
}

// ---- the marker ----

void RedisHotBalances::ask_markers(
    const std::function<RedisRequest(const std::string& tag)>& request,
    HotThen<std::vector<RedisValue>> then) {
  const auto tags = client_.tags_of_masters();
  if (!tags) return then(StoreError{client_.trouble()});
  const Gather gather{std::move(then)};
  for (const std::string& tag : *tags)
    client_.send(slot_of(marker_key(tag)), request(tag), gather.one_more());
}

void RedisHotBalances::find_marker(HotThen<std::optional<HotMarker>> then) {
  client_.post([this, then = std::move(then)] {
    ask_markers(ask_marker, [then](Result<std::vector<RedisValue>, StoreError> all) {
      if (!all) return then(all.error());
      then(oldest(*all));
    });
  });
}

void RedisHotBalances::move_marker(std::optional<HotMarker> from, HotMarker to,
                                   HotThen<bool> then) {
  client_.post([this, from = std::move(from), to = std::move(to), then = std::move(then)] {
    const auto request = [&](const std::string& tag) { return write_marker(tag, to, from); };
    ask_markers(request, [then](Result<std::vector<RedisValue>, StoreError> all) {
      if (!all) return then(all.error());
      then(std::all_of(all->begin(), all->end(),
                       [](const RedisValue& reply) { return reply.integer == 1; }));
    });
  });
}

// ---- emptying ----

void RedisHotBalances::clear(HotThen<Done> then) {
  client_.post([this, then = std::move(then)] {
    const auto tags = client_.tags_of_masters();
    if (!tags) return then(StoreError{client_.trouble()});
    auto left = std::make_shared<std::size_t>(tags->size());
    auto fault = std::make_shared<std::optional<StoreError>>();
    for (const std::string& tag : *tags) {
      client_.send(slot_of(marker_key(tag)), {{"DEL", marker_key(tag)}, nullptr},
                   [](const RedisValue&) {});
      clear_master(tag, "0", [then, left, fault](const Result<Done, StoreError>& done) {
        if (!done) *fault = done.error();
        if (--*left > 0) return;
        then(*fault ? Result<Done, StoreError>{fault->value()} : Result<Done, StoreError>{Done{}});
      });
    }
  });
}

// Key by key: those of one scan lie in different slots.
void RedisHotBalances::clear_master(const std::string& tag, const std::string& cursor,
                                    HotThen<Done> then) {
  const unsigned slot = slot_of(marker_key(tag));
  client_.send(
      slot, {{"SCAN", cursor, "MATCH", "gongji:*", "COUNT", kKeysPerScan}, nullptr},
      [this, tag, then = std::move(then)](const RedisValue& page) {
        if (page.failed() || page.list.size() != 2) return then(StoreError{page.text});
        const std::string next = page.list[0].text;
        const Gather gather{[this, tag, next, then](const auto& all) {
          if (!all) return then(all.error());
          next == "0" ? then(Done{}) : clear_master(tag, next, then);
        }};
        for (const RedisValue& key : page.list[1].list)
          client_.send(slot_of(key.text), {{"UNLINK", key.text}, nullptr}, gather.one_more());
      });
}

// ---- reading ----

// The marker is asked for last: what it says was true of what was read before it.
void RedisHotBalances::find_person(const PersonId& person, HotMarker at_least,
                                   HotThen<std::optional<HotPersonFound>> then) {
  auto reading = std::make_shared<Reading>();
  reading->then = std::move(then);
  client_.post([this, person, at_least = std::move(at_least), reading] {
    limit(reading);
    const Gather gather{[reading, at_least](Result<std::vector<RedisValue>, StoreError> all) {
      if (!all) return reading->answer(all.error());
      if (!is_as_new_as(read_marker((*all)[2]), at_least))
        return reading->answer(std::optional<HotPersonFound>{});
      reading->answer(read_person((*all)[0], (*all)[1]));
    }};
    const unsigned slot = slot_of(person_key(person));
    client_.send(slot, ask_person(person), gather.one_more());
    client_.send(slot, ask_details(person), gather.one_more());
    const std::string tag = client_.tag_of_master(slot);
    client_.send(slot_of(marker_key(tag)), ask_marker(tag), gather.one_more());
  });
}

void RedisHotBalances::find_household(HouseholdId household,
                                      HotThen<std::optional<HotHousehold>> then) {
  client_.post([this, household, then = std::move(then)] {
    const std::string key = household_key(household);
    client_.send(slot_of(key), {{"HGETALL", key}, nullptr},
                 [household, then](const RedisValue& reply) {
                   if (reply.failed()) return then(StoreError{reply.text});
                   then(read_household(household, reply));
                 });
  });
}

void RedisHotBalances::limit(const ReadingPtr& reading) {
  reading->due = std::chrono::steady_clock::now() + read_timeout_;
  readings_.push_back(reading);
  if (readings_.size() == 1) expire();
}

// Those that are answered leave too, so the queue is as long as one time limit of reads.
void RedisHotBalances::expire() {
  const auto now = std::chrono::steady_clock::now();
  while (!readings_.empty() && (readings_.front()->due <= now || !readings_.front()->then)) {
    const ReadingPtr over = std::move(readings_.front());
    readings_.pop_front();
    over->answer(StoreError{"redis: no answer in time"});
  }
  if (readings_.empty()) return;
  expiry_.expires_at(readings_.front()->due);
  expiry_.async_wait([this](boost::system::error_code error) {
    if (!error) expire();
  });
}

}  // namespace gongji::stores
