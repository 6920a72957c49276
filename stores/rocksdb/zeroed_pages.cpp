#include "stores/rocksdb/zeroed_pages.hpp"

#include <sys/mman.h>

#include <new>

namespace gongji::stores {

void* map_zeroed(std::size_t bytes) {
  void* memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc{};
  static_cast<void>(::madvise(memory, bytes, MADV_HUGEPAGE));  // a wish: small pages do as well
  return memory;
}

void unmap(void* memory, std::size_t bytes) noexcept { ::munmap(memory, bytes); }

}  // namespace gongji::stores
