// Where the C++ library ends and the operating system would begin: the calls behind std::thread,
// std::mutex, std::condition_variable, std::future, std::atomic::wait and the clocks. Within a run
// they are answered by the schedule, so the code under test is the code that ships, to the last
// lock. Outside of a run there is one thread, and locks are always free.
//
// What is not here stays the system's: the memory allocator, which the schedule never interrupts,
// and reader-writer locks, which the memory stores hold only where nobody else gets a turn.
#include <dlfcn.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "tests/simulation/scheduler/schedule.hpp"

namespace {

using gongji::simulation::Schedule;
using gongji::simulation::Time;

constexpr Time kBoot{std::chrono::hours{1}};  // a steady clock never shows 0

Time time_of(const timespec& spec) {
  return std::chrono::seconds{spec.tv_sec} + Time{spec.tv_nsec};
}

timespec spec_of(Time time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  return {static_cast<time_t>(seconds.count()), static_cast<long>((time - seconds).count())};
}

// What a deadline on one of the clocks is on the schedule's.
Time deadline_on(const Schedule& schedule, clockid_t clock, const timespec& until) {
  if (clock == CLOCK_REALTIME) return time_of(until) - schedule.wall() + schedule.now();
  return time_of(until) - kBoot;
}

template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

// ---- locks: the word that the system's own lock uses says whether it is taken ----

int& taken(pthread_mutex_t* mutex) { return mutex->__data.__lock; }

int lock(Schedule& schedule, pthread_mutex_t* mutex) {
  schedule.preempt();
  while (taken(mutex) != 0) schedule.wait(mutex);
  taken(mutex) = 1;
  return 0;
}

int unlock(Schedule& schedule, pthread_mutex_t* mutex) {
  taken(mutex) = 0;
  schedule.wake_one(mutex);
  return 0;
}

int wait_on(Schedule& schedule, pthread_cond_t* condition, pthread_mutex_t* mutex,
            std::optional<Time> until) {
  unlock(schedule, mutex);
  const bool woken = schedule.wait(condition, until);
  lock(schedule, mutex);
  return woken ? 0 : ETIMEDOUT;
}

// ---- futexes: what futures and atomics wait on ----

long futex(Schedule& schedule, int* word, int operation, int value, const timespec* time) {
  switch (operation & FUTEX_CMD_MASK) {
    case FUTEX_WAKE:
      for (int i = 0; i < std::min(value, 64); ++i) schedule.wake_one(word);
      return 0;
    case FUTEX_WAIT:
    case FUTEX_WAIT_BITSET: break;
    default: std::abort();
  }
  if (*word != value) return errno = EAGAIN, -1;
  std::optional<Time> until;
  if (time != nullptr) {
    const bool relative = (operation & FUTEX_CMD_MASK) == FUTEX_WAIT;
    const clockid_t clock =
        (operation & FUTEX_CLOCK_REALTIME) != 0 ? CLOCK_REALTIME : CLOCK_MONOTONIC;
    until = relative ? schedule.now() + time_of(*time) : deadline_on(schedule, clock, *time);
  }
  if (schedule.wait(word, until)) return 0;
  return errno = ETIMEDOUT, -1;
}

}  // namespace

// The names are the system's.
// NOLINTBEGIN(readability-identifier-naming, bugprone-reserved-identifier)
extern "C" {

int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*body)(void*),
                   void* argument) {
  if (Schedule* schedule = Schedule::running()) {
    *thread = schedule->start([body, argument] { body(argument); });
    return 0;
  }
  return real<decltype(pthread_create)>("pthread_create")(thread, attributes, body, argument);
}

int pthread_join(pthread_t thread, void** result) {
  if (Schedule* schedule = Schedule::running()) return schedule->join(thread), 0;
  return real<decltype(pthread_join)>("pthread_join")(thread, result);
}

int pthread_detach(pthread_t thread) {
  if (Schedule::running() != nullptr) return 0;
  return real<decltype(pthread_detach)>("pthread_detach")(thread);
}

int pthread_mutex_lock(pthread_mutex_t* mutex) {
  Schedule* schedule = Schedule::running();
  return schedule == nullptr ? 0 : lock(*schedule, mutex);
}

int pthread_mutex_trylock(pthread_mutex_t* mutex) {
  if (Schedule::running() == nullptr) return 0;
  if (taken(mutex) != 0) return EBUSY;
  taken(mutex) = 1;
  return 0;
}

int pthread_mutex_unlock(pthread_mutex_t* mutex) {
  Schedule* schedule = Schedule::running();
  return schedule == nullptr ? 0 : unlock(*schedule, mutex);
}

int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
  Schedule* schedule = Schedule::running();
  if (schedule == nullptr) std::abort();  // nobody could wake the only thread
  return wait_on(*schedule, condition, mutex, std::nullopt);
}

int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                           const timespec* until) {
  return pthread_cond_clockwait(condition, mutex, CLOCK_REALTIME, until);
}

int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock,
                           const timespec* until) {
  Schedule* schedule = Schedule::running();
  if (schedule == nullptr) std::abort();
  return wait_on(*schedule, condition, mutex, deadline_on(*schedule, clock, *until));
}

int pthread_cond_signal(pthread_cond_t* condition) {
  if (Schedule* schedule = Schedule::running()) schedule->wake_one(condition);
  return 0;
}

int pthread_cond_broadcast(pthread_cond_t* condition) {
  if (Schedule* schedule = Schedule::running()) schedule->wake_all(condition);
  return 0;
}

// The one real thread keeps its name and its share of the processor.
int pthread_setname_np(pthread_t thread, const char* name) {
  if (Schedule::running() != nullptr) return 0;
  return real<decltype(pthread_setname_np)>("pthread_setname_np")(thread, name);
}

int setpriority(__priority_which_t which, id_t who, int priority) {
  if (Schedule::running() != nullptr) return 0;
  return real<decltype(setpriority)>("setpriority")(which, who, priority);
}

int sched_yield() {
  if (Schedule* schedule = Schedule::running()) schedule->yield();
  return 0;
}

int nanosleep(const timespec* time, timespec* left) {
  if (Schedule* schedule = Schedule::running()) return schedule->sleep(time_of(*time)), 0;
  return real<decltype(nanosleep)>("nanosleep")(time, left);
}

int clock_gettime(clockid_t clock, timespec* time) {
  static auto* const system = real<decltype(clock_gettime)>("clock_gettime");
  const Schedule* schedule = Schedule::running();
  if (schedule == nullptr) return system(clock, time);
  *time = spec_of(clock == CLOCK_REALTIME ? schedule->wall() : schedule->now() + kBoot);
  return 0;
}

long syscall(long number, ...) {
  static auto* const system = real<long(long, ...)>("syscall");
  std::array<long, 6> arguments{};
  va_list list;
  va_start(list, number);
  for (long& argument : arguments) argument = va_arg(list, long);
  va_end(list);
  const auto [first, second, third, fourth, fifth, sixth] = arguments;
  Schedule* schedule = Schedule::running();
  if (schedule == nullptr || number != SYS_futex)
    return system(number, first, second, third, fourth, fifth, sixth);
  return futex(*schedule, reinterpret_cast<int*>(first), static_cast<int>(second),
               static_cast<int>(third), reinterpret_cast<const timespec*>(fourth));
}

}  // extern "C"
// NOLINTEND(readability-identifier-naming, bugprone-reserved-identifier)
