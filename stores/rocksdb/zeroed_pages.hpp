// Memory for large tables straight from the kernel: pages that are zero already and cost nothing
// until they are touched, huge ones where the machine has them, because a hash touches a page of
// its own with nearly every entry. Internal to this folder.
#pragma once

#include <cstddef>

namespace gongji::stores {

void* map_zeroed(std::size_t bytes);  // throws std::bad_alloc
void unmap(void* memory, std::size_t bytes) noexcept;

}  // namespace gongji::stores
