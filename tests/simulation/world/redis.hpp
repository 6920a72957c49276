// The Redis of the simulated machine: the real in-memory hot balances as a server that can be away,
// be emptied or come back from an old copy, and the client of each process behind a network that
// takes time. Several processes may write to it at once.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "ports/hot_balances.hpp"
#include "stores/memory/memory_hot_balances.hpp"
#include "tests/simulation/scheduler/schedule.hpp"
#include "tests/simulation/world/bugs.hpp"
#include "tests/simulation/world/weather.hpp"

namespace gongji::simulation {

class RedisServer {
 public:
  using Write = std::function<void(HotBalances& server)>;

  void write(const Write& write);
  // What it holds now. Whoever is inside keeps it while the server starts anew behind his back.
  [[nodiscard]] std::shared_ptr<HotBalances> balances() const { return balances_; }
  // Grows whenever somebody writes the marker: who watches it sees that.
  [[nodiscard]] unsigned marked() const { return marked_; }
  void note_marked() { ++marked_; }
  // Grows with each start of the server: every connection of before is broken.
  [[nodiscard]] unsigned starts() const { return starts_; }

  // ---- faults ----
  void empty();
  void keep_copy() { kept_ = writes_.size(); }
  void restore_copy();

 private:
  std::shared_ptr<HotBalances> balances_ = std::make_shared<stores::MemoryHotBalances>();
  std::vector<Write> writes_;  // since it was empty
  std::size_t kept_ = 0;       // of these the copy knows
  unsigned marked_ = 0;
  unsigned starts_ = 0;
};

// One connection: requests arrive in the order they were sent. Whatever is lost on the way, there
// or back, is answered with an error, which says nothing about what was written.
class RedisClient final : public HotBalances {
 public:
  struct Parts {
    Schedule& schedule;
    RedisServer& server;
    const Weather& weather;
    Bug bug = Bug::kNone;
  };
  explicit RedisClient(const Parts& parts);
  ~RedisClient() override;  // whoever still waits is answered

  void cut_off() { cut_off_ = true; }  // the process is gone: nothing arrives any more

  void apply(HotBatch households, HotThen<HotApplied> then) override;
  void fill(HotBatch households, HotMarker fence, HotThen<HotApplied> then) override;
  void find_marker(HotThen<std::optional<HotMarker>> then) override;
  void move_marker(std::optional<HotMarker> from, HotMarker to, HotThen<bool> then) override;
  void clear(HotThen<Done> then) override;
  void find_person(const PersonId& person, HotMarker at_least,
                   HotThen<std::optional<HotPersonFound>> then) override;
  void find_household(HouseholdId household, HotThen<std::optional<HotHousehold>> then) override;

 private:
  using Job = std::function<void()>;
  template <class T, class Call>
  void send(HotThen<T> then, Call call);
  template <class T, class Call>
  void send_write(HotThen<T> then, Call call);
  void run();
  [[nodiscard]] bool away() const { return cut_off_ || parts_.weather.redis_away; }
  bool broken();
  void arrive_late(RedisServer::Write write);

  const Parts parts_;
  bool cut_off_ = false;
  bool closing_ = false;
  unsigned connected_to_ = 0;  // which start of the server
  std::deque<Job> sent_;
  Schedule::Number connection_;
};

}  // namespace gongji::simulation
