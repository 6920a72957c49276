#include "actors/urgent_thread.hpp"

#include <pthread.h>
#include <sched.h>

namespace gongji::actors {

bool go_first(const char* name) {
  pthread_setname_np(pthread_self(), name);
  sched_param lowest{};
  lowest.sched_priority = ::sched_get_priority_min(SCHED_RR);
  // 0 is the calling thread, not its process.
  return ::sched_setscheduler(0, SCHED_RR | SCHED_RESET_ON_FORK, &lowest) == 0;
}

}  // namespace gongji::actors
