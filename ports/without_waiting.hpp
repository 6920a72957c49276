// Asking a store only for what it has in memory. A thread that others wait for (the librarian) asks
// so first; what would wait for the disk it leaves to a thread nobody waits for
// (actors/readers.hpp).
#pragma once

#include <utility>

namespace gongji {

// On the stack of the asking thread. While one lives, a store that would read the disk for this
// thread gives an error with `would_wait` instead (ports/journal_store.hpp).
class WithoutWaiting {
 public:
  WithoutWaiting() : outer_(std::exchange(here_, true)) {}
  ~WithoutWaiting() { here_ = outer_; }
  WithoutWaiting(const WithoutWaiting&) = delete;
  WithoutWaiting& operator=(const WithoutWaiting&) = delete;

  [[nodiscard]] static bool here() { return here_; }

 private:
  static inline thread_local bool here_ = false;
  const bool outer_;
};

}  // namespace gongji
