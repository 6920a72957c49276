// The schedule of a run: every thread of the simulated processes is a fiber here, one runs at a
// time, and which one goes on is drawn from the seed. Time is a number that moves when the schedule
// says so: a little with each step, and to the next deadline when nobody has anything to do.
//
// The code under test knows nothing of it. It uses std::thread, std::mutex, condition variables,
// futures and clocks; scheduler/threads.cpp answers the calls those come down to.
#pragma once

#include <boost/context/fiber.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "tests/simulation/scheduler/random.hpp"

namespace gongji::simulation {

using Time = std::chrono::nanoseconds;  // since the beginning of the run

// The fibers of one simulated process; a paused one gets no turn.
struct Process {
  bool paused = false;
};

struct ScheduleOptions {
  unsigned preempt_per_mille = 0;       // at each lock: somebody else goes on
  Time step_max = Time{20'000};         // what one turn takes
  std::chrono::nanoseconds wall{0};     // what a calendar clock shows at the beginning
  std::uint64_t steps_max = 5'000'000;  // more turns than that: somebody spins
};

class Schedule {
 public:
  using Body = std::function<void()>;
  using Number = std::uint64_t;

  Schedule(Random chance, const ScheduleOptions& options);
  ~Schedule();
  Schedule(const Schedule&) = delete;
  Schedule& operator=(const Schedule&) = delete;

  // Runs `body` as the first fiber, and all others, until it returns. Throws when nobody can go on,
  // or the steps are used up. Fibers that still live then are forgotten with all they hold.
  void run(Body body);

  // ---- for fibers ----
  // Null outside of run().
  static Schedule* running();
  // Begins a fiber; without a process it belongs to the caller's.
  Number start(Body body, Process* process = nullptr);
  void join(Number fiber);
  void yield();
  void preempt();  // perhaps yields
  // Sleeps until somebody wakes this address; false when the time came first.
  bool wait(const void* address, std::optional<Time> until = std::nullopt);
  void wake_one(const void* address);
  void wake_all(const void* address);
  void sleep(Time time) { wait(nullptr, now_ + time); }
  [[nodiscard]] const Process* process() const;  // of the running fiber

  // ---- time ----
  [[nodiscard]] Time now() const { return now_; }
  [[nodiscard]] std::chrono::nanoseconds wall() const { return wall_ + now_; }
  void jump_wall(std::chrono::nanoseconds by) { wall_ += by; }

  // ---- processes ----
  void pause(Process& process, bool paused);
  // For fibers that go on when the process that began them is gone.
  Process& network() { return network_; }

  Random& chance() { return chance_; }
  // 0 … longest.
  Time chance_time(Time longest) {
    return Time{
        static_cast<std::int64_t>(chance_.below(static_cast<std::uint64_t>(longest.count()) + 1))};
  }
  [[nodiscard]] std::size_t living() const { return fibers_.size(); }
  [[nodiscard]] std::uint64_t steps() const { return steps_; }
  // The same for the same seed: which fiber ran at which step.
  [[nodiscard]] std::uint64_t digest() const { return digest_; }

 private:
  struct Fiber;
  using FiberPtr = std::unique_ptr<Fiber>;

  Fiber* next_ready();
  void resume(Fiber& fiber);
  void suspend();
  void make_ready(Fiber& fiber);
  void wake_sleepers();
  bool advance_to_next_deadline();
  void finish(Fiber& fiber);
  [[noreturn]] void give_up(const char* why) const;

  Random chance_;
  const ScheduleOptions options_;
  Process network_;
  std::vector<FiberPtr> fibers_;  // alive
  std::vector<Fiber*> ready_;
  std::vector<Fiber*> frozen_;  // ready, but their process is paused
  Fiber* current_ = nullptr;
  boost::context::fiber loop_;
  Time now_{0};
  std::chrono::nanoseconds wall_;
  Time next_deadline_ = Time::max();
  Number last_number_ = 0;
  std::uint64_t steps_ = 0;
  std::uint64_t digest_ = 0;
};

}  // namespace gongji::simulation
