/* Preloaded into gongjid: a disk whose sync fails once the file $GONGJI_FAIL_SYNC exists, and drops
 * what was not synced before, as a kernel may that could not write its pages. With
 * $GONGJI_FAIL_SYNC_AS=done it drops the same and says that all is well: the negative control. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define FILES_MAX 4096

static off_t synced_bytes[FILES_MAX];

static int failing(int descriptor) {
  const char* flag = getenv("GONGJI_FAIL_SYNC");
  return descriptor < FILES_MAX && flag != NULL && access(flag, F_OK) == 0;
}

/* Data goes on lying in the file until it is closed, so it must be cut off. */
static int fail(int descriptor) {
  const char* as = getenv("GONGJI_FAIL_SYNC_AS");
  if (synced_bytes[descriptor] > 0) {
    (void)!ftruncate(descriptor, synced_bytes[descriptor]);
    (void)lseek(descriptor, 0, SEEK_END);
  }
  if (as != NULL && strcmp(as, "done") == 0) return 0;
  errno = EIO;
  return -1;
}

static int sync_by(long call, int descriptor) {
  if (failing(descriptor)) return fail(descriptor);
  const int done = (int)syscall(call, descriptor);
  if (done == 0 && descriptor < FILES_MAX) synced_bytes[descriptor] = lseek(descriptor, 0, SEEK_CUR);
  return done;
}

int fsync(int descriptor) { return sync_by(SYS_fsync, descriptor); }
int fdatasync(int descriptor) { return sync_by(SYS_fdatasync, descriptor); }
