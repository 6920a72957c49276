/* Preloaded into gongjid: a disk whose syncs take $GONGJI_SYNC_DELAY_MS longer. What the machine can do is
   then bounded by the disk and not by its processor, which is left for those who send too much. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int sync_by(long call, int descriptor) {
  const char* delay_ms = getenv("GONGJI_SYNC_DELAY_MS");
  const long ms = delay_ms == NULL ? 0 : atol(delay_ms);
  const struct timespec pause = {ms / 1000, ms % 1000 * 1000000};
  nanosleep(&pause, NULL);
  return (int)syscall(call, descriptor);
}

int fsync(int descriptor) { return sync_by(SYS_fsync, descriptor); }
int fdatasync(int descriptor) { return sync_by(SYS_fdatasync, descriptor); }
