#include "ports/background_thread.hpp"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

namespace gongji {
namespace {

constexpr int kNiceness = 10;  // a tenth of a settling thread's share when both want to run

}  // namespace

void name_thread(const char* name) { pthread_setname_np(pthread_self(), name); }

void step_back(const char* name) {
  name_thread(name);
  // Linux counts niceness by thread; POSIX would have it by process.
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNiceness);
}

}  // namespace gongji
