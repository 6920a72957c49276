#include "tests/simulation/scheduler/schedule.hpp"

#include <cxxabi.h>

#include <algorithm>
#include <array>
#include <boost/context/pooled_fixedsize_stack.hpp>
#include <cstring>
#include <stdexcept>
#include <string>
#include <utility>

namespace gongji::simulation {
namespace {

constexpr std::size_t kStackBytes = 192 * 1'024;

Schedule* running_schedule = nullptr;

// Stacks are used again, by later runs as well.
boost::context::pooled_fixedsize_stack& stacks() {
  static boost::context::pooled_fixedsize_stack pool{kStackBytes};
  return pool;
}

// What the C++ runtime keeps for each thread about exceptions in flight; each fiber has its own.
using Exceptions = std::array<void*, 2>;

void exchange_exceptions(Exceptions& kept) {
  void* const place = abi::__cxa_get_globals();
  Exceptions current;
  std::memcpy(current.data(), place, sizeof current);
  std::memcpy(place, kept.data(), sizeof kept);
  kept = current;
}

}  // namespace

struct Schedule::Fiber {
  Number number = 0;
  Process* process = nullptr;
  Body body;
  boost::context::fiber context;
  Exceptions exceptions{};
  bool waiting = false;
  bool timed_out = false;
  const void* address = nullptr;
  std::optional<Time> deadline;
};

Schedule::Schedule(Random chance, const ScheduleOptions& options)
    : chance_(chance), options_(options), wall_(options.wall) {}

// A fiber that never ended cannot be unwound: what it refers to may be gone.
Schedule::~Schedule() {
  for (FiberPtr& fiber : fibers_)
    if (fiber->context) static_cast<void>(fiber.release());
}

Schedule* Schedule::running() { return running_schedule; }

const Process* Schedule::process() const { return current_->process; }

// ---- the loop ----

void Schedule::run(Body body) {
  const Number first = start(std::move(body));
  running_schedule = this;
  const auto over = [&] {
    return std::none_of(fibers_.begin(), fibers_.end(),
                        [&](const FiberPtr& each) { return each->number == first; });
  };
  try {
    while (!over()) {
      if (++steps_ > options_.steps_max) give_up("the steps are used up: somebody spins");
      Fiber* next = next_ready();
      if (next == nullptr) give_up("everybody waits, and nobody for a time");
      resume(*next);
    }
  } catch (...) {
    running_schedule = nullptr;
    throw;
  }
  running_schedule = nullptr;
}

Schedule::Fiber* Schedule::next_ready() {
  for (;;) {
    if (now_ >= next_deadline_) wake_sleepers();
    while (!ready_.empty()) {
      const std::size_t place = chance_.below(ready_.size());
      Fiber* const fiber = std::exchange(ready_[place], ready_.back());
      ready_.pop_back();
      if (fiber->process == nullptr || !fiber->process->paused) return fiber;
      frozen_.push_back(fiber);
    }
    if (!advance_to_next_deadline()) return nullptr;
  }
}

void Schedule::resume(Fiber& fiber) {
  now_ += chance_time(options_.step_max);
  digest_ = (digest_ ^ (fiber.number + steps_)) * 0x100000001b3U;
  current_ = &fiber;
  exchange_exceptions(fiber.exceptions);
  fiber.context = std::move(fiber.context).resume();
  exchange_exceptions(fiber.exceptions);
  current_ = nullptr;
  if (!fiber.context) finish(fiber);
}

void Schedule::finish(Fiber& fiber) {
  const Fiber* const gone = &fiber;
  wake_all(gone);
  const auto found = std::find_if(fibers_.begin(), fibers_.end(),
                                  [&](const FiberPtr& each) { return each.get() == gone; });
  *found = std::move(fibers_.back());
  fibers_.pop_back();
}

void Schedule::give_up(const char* why) const {
  std::string text = why;
  for (const FiberPtr& fiber : fibers_)
    text +=
        "\n  fiber " + std::to_string(fiber->number) + (fiber->waiting ? " waits" : " is ready");
  throw std::runtime_error{text};
}

// ---- fibers ----

Schedule::Number Schedule::start(Body body, Process* process) {
  auto fiber = std::make_unique<Fiber>();
  fiber->number = ++last_number_;
  fiber->process = process == nullptr && current_ != nullptr ? current_->process : process;
  fiber->body = std::move(body);
  Fiber& begun = *fiber;
  fiber->context = boost::context::fiber{std::allocator_arg, stacks(),
                                         [this, &begun](boost::context::fiber&& loop) {
                                           loop_ = std::move(loop);
                                           begun.body();
                                           begun.body = nullptr;
                                           return std::move(loop_);
                                         }};
  fibers_.push_back(std::move(fiber));
  ready_.push_back(&begun);
  return begun.number;
}

void Schedule::join(Number fiber) {
  for (;;) {
    const auto found = std::find_if(fibers_.begin(), fibers_.end(),
                                    [&](const FiberPtr& each) { return each->number == fiber; });
    if (found == fibers_.end()) return;
    wait(found->get());
  }
}

void Schedule::suspend() { loop_ = std::move(loop_).resume(); }

void Schedule::yield() {
  ready_.push_back(current_);
  suspend();
}

void Schedule::preempt() {
  if (chance_.per_mille(options_.preempt_per_mille)) yield();
}

bool Schedule::wait(const void* address, std::optional<Time> until) {
  Fiber& self = *current_;
  self.waiting = true;
  self.timed_out = false;
  self.address = address;
  self.deadline = until;
  if (until) next_deadline_ = std::min(next_deadline_, *until);
  suspend();
  return !self.timed_out;
}

void Schedule::make_ready(Fiber& fiber) {
  fiber.waiting = false;
  fiber.deadline.reset();
  ready_.push_back(&fiber);
}

// Any of those who wait, as with threads.
void Schedule::wake_one(const void* address) {
  Fiber* chosen = nullptr;
  std::uint64_t seen = 0;
  for (const FiberPtr& fiber : fibers_) {
    if (!fiber->waiting || fiber->address != address) continue;
    if (chance_.below(++seen) == 0) chosen = fiber.get();
  }
  if (chosen != nullptr) make_ready(*chosen);
}

void Schedule::wake_all(const void* address) {
  for (const FiberPtr& fiber : fibers_)
    if (fiber->waiting && fiber->address == address) make_ready(*fiber);
}

// ---- time and processes ----

void Schedule::wake_sleepers() {
  next_deadline_ = Time::max();
  for (const FiberPtr& fiber : fibers_) {
    if (!fiber->waiting || !fiber->deadline) continue;
    if (*fiber->deadline <= now_) {
      fiber->timed_out = true;
      make_ready(*fiber);
    } else {
      next_deadline_ = std::min(next_deadline_, *fiber->deadline);
    }
  }
}

bool Schedule::advance_to_next_deadline() {
  if (next_deadline_ == Time::max()) return false;
  now_ = std::max(now_, next_deadline_);
  return true;
}

void Schedule::pause(Process& process, bool paused) {
  process.paused = paused;
  if (paused) return;
  const auto free = [&](Fiber* fiber) { return !fiber->process->paused; };
  const auto kept = std::stable_partition(frozen_.begin(), frozen_.end(),
                                          [&](Fiber* fiber) { return !free(fiber); });
  ready_.insert(ready_.end(), kept, frozen_.end());
  frozen_.erase(kept, frozen_.end());
}

}  // namespace gongji::simulation
