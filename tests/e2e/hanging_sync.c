/* Preloaded into gongjid: a disk whose syncs do not come back while the file $GONGJI_HANG exists. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static void hang(void) {
  const char* path = getenv("GONGJI_HANG");
  while (path != NULL && access(path, F_OK) == 0) usleep(10000);
}

int fsync(int descriptor) {
  hang();
  return (int)syscall(SYS_fsync, descriptor);
}

int fdatasync(int descriptor) {
  hang();
  return (int)syscall(SYS_fdatasync, descriptor);
}
