/* Preloaded into gongjid: a calendar clock that runs $GONGJI_CLOCK_SHIFT_S seconds ahead (or behind), or as
   many as stand in the file $GONGJI_CLOCK_SHIFT_FILE at that moment, the monotonic clock left alone. Asks the kernel itself, so it needs no memory and no other library: jemalloc
   looks at the clock while it starts, where libfaketime would wait for jemalloc for ever. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static time_t shift_in(const char* path) {
  char text[32] = "";
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  (void)!read(file, text, sizeof text - 1);
  close(file);
  return (time_t)atoll(text);
}

static time_t shift_s(void) {
  const char* file = getenv("GONGJI_CLOCK_SHIFT_FILE");
  if (file != NULL) return shift_in(file);
  const char* seconds = getenv("GONGJI_CLOCK_SHIFT_S");
  return seconds == NULL ? 0 : (time_t)atoll(seconds);
}

int clock_gettime(clockid_t clock, struct timespec* now) {
  const int failed = (int)syscall(SYS_clock_gettime, clock, now);
  if (failed == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += shift_s();
  return failed;
}

int gettimeofday(struct timeval* restrict now, void* restrict zone) {
  const int failed = (int)syscall(SYS_gettimeofday, now, zone);
  if (failed == 0 && now != NULL) now->tv_sec += shift_s();
  return failed;
}

time_t time(time_t* now) {
  struct timespec exactly;
  clock_gettime(CLOCK_REALTIME, &exactly);
  if (now != NULL) *now = exactly.tv_sec;
  return exactly.tv_sec;
}

/* Who waits until an instant of the shifted clock would wait for a kernel that knows none: behind a late clock
   the threads of jemalloc and RocksDB would never sleep. Instants since the boot are not of that clock. */
int pthread_cond_timedwait(pthread_cond_t* restrict changed, pthread_mutex_t* restrict mutex,
                           const struct timespec* restrict until) {
  static int (*wait)(pthread_cond_t*, pthread_mutex_t*, const struct timespec*);
  if (wait == NULL)
    wait = (int (*)(pthread_cond_t*, pthread_mutex_t*, const struct timespec*))dlsym(RTLD_NEXT,
                                                                                     "pthread_cond_timedwait");
  struct timespec exactly = *until;
  const time_t years_s = 1000000000;
  if (exactly.tv_sec > years_s) exactly.tv_sec -= shift_s();
  return wait(changed, mutex, &exactly);
}
