/* Preloaded, it makes a disk whose tables cannot be read while the file named by GONGJI_BAD_DISK is
 * there: what must be looked up fails, what is in memory goes on. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int is_bad(int descriptor) {
  const char* flag = getenv("GONGJI_BAD_DISK");
  char link[64];
  char path[4096];
  if (flag == NULL || access(flag, F_OK) != 0) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  const ssize_t length = readlink(link, path, sizeof path - 1);
  return length > 4 && strncmp(path + length - 4, ".sst", 4) == 0;
}

ssize_t pread64(int descriptor, void* buffer, size_t bytes, off64_t offset) {
  static ssize_t (*real)(int, void*, size_t, off64_t);
  if (real == NULL) real = dlsym(RTLD_NEXT, "pread64");
  if (!is_bad(descriptor)) return real(descriptor, buffer, bytes, offset);
  errno = EIO;
  return -1;
}

ssize_t pread(int descriptor, void* buffer, size_t bytes, off_t offset) {
  return pread64(descriptor, buffer, bytes, offset);
}
