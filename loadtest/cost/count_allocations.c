// Preloaded into a process, counts what it asks of the heap: calls and bytes, in the file named by
// GONGJI_ALLOCATIONS_FILE (two 64-bit numbers, mapped, so that they can be read while it runs).
// What is asked before the file is mapped is not counted; memory itself comes from whoever else
// provides it.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

struct counted {
  _Atomic uint64_t calls;
  _Atomic uint64_t bytes;
};

static struct counted before_mapping;
static struct counted* counted = &before_mapping;

static void count(size_t bytes) {
  atomic_fetch_add_explicit(&counted->calls, 1, memory_order_relaxed);
  atomic_fetch_add_explicit(&counted->bytes, bytes, memory_order_relaxed);
}

__attribute__((constructor)) static void map_counters(void) {
  const char* path = getenv("GONGJI_ALLOCATIONS_FILE");
  const int file = path == NULL ? -1 : open(path, O_RDWR);
  if (file < 0) _exit(99);
  void* page = mmap(NULL, sizeof *counted, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (page == MAP_FAILED) _exit(99);
  counted = page;
}

// The next provider's function, looked up once; found without memory of its own.
#define NEXT(type, name)                               \
  static _Atomic(type) next;                           \
  type function = atomic_load(&next);                  \
  if (function == NULL) {                              \
    function = (type)dlsym(RTLD_NEXT, name);           \
    atomic_store(&next, function);                     \
  }

typedef void* (*from_size)(size_t);
typedef void* (*from_two)(size_t, size_t);
typedef void* (*from_old)(void*, size_t);
typedef void* (*from_size_and_tag)(size_t, const void*);
typedef void* (*from_two_and_tag)(size_t, size_t, const void*);
typedef int (*into_place)(void**, size_t, size_t);

void* malloc(size_t bytes) {
  NEXT(from_size, "malloc")
  count(bytes);
  return function(bytes);
}

void* calloc(size_t many, size_t each) {
  NEXT(from_two, "calloc")
  count(many * each);
  return function(many, each);
}

void* realloc(void* old, size_t bytes) {
  NEXT(from_old, "realloc")
  count(bytes);
  return function(old, bytes);
}

void* aligned_alloc(size_t alignment, size_t bytes) {
  NEXT(from_two, "aligned_alloc")
  count(bytes);
  return function(alignment, bytes);
}

int posix_memalign(void** place, size_t alignment, size_t bytes) {
  NEXT(into_place, "posix_memalign")
  count(bytes);
  return function(place, alignment, bytes);
}

// operator new and new[], each plain, nothrow, aligned and both: an allocator may bring its own.
#define OPERATOR_NEW(name)        \
  void* name(size_t bytes) {      \
    NEXT(from_size, #name)        \
    count(bytes);                 \
    return function(bytes);       \
  }
#define OPERATOR_NEW_TAGGED(name)                  \
  void* name(size_t bytes, const void* tag) {      \
    NEXT(from_size_and_tag, #name)                 \
    count(bytes);                                  \
    return function(bytes, tag);                   \
  }
#define OPERATOR_NEW_ALIGNED(name)                    \
  void* name(size_t bytes, size_t alignment) {        \
    NEXT(from_two, #name)                             \
    count(bytes);                                     \
    return function(bytes, alignment);                \
  }
#define OPERATOR_NEW_BOTH(name)                                        \
  void* name(size_t bytes, size_t alignment, const void* tag) {        \
    NEXT(from_two_and_tag, #name)                                      \
    count(bytes);                                                      \
    return function(bytes, alignment, tag);                            \
  }
OPERATOR_NEW(_Znwm)
OPERATOR_NEW(_Znam)
OPERATOR_NEW_TAGGED(_ZnwmRKSt9nothrow_t)
OPERATOR_NEW_TAGGED(_ZnamRKSt9nothrow_t)
OPERATOR_NEW_ALIGNED(_ZnwmSt11align_val_t)
OPERATOR_NEW_ALIGNED(_ZnamSt11align_val_t)
OPERATOR_NEW_BOTH(_ZnwmSt11align_val_tRKSt9nothrow_t)
OPERATOR_NEW_BOTH(_ZnamSt11align_val_tRKSt9nothrow_t)
