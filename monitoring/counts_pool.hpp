// Gives every thread that counts a ThreadCounts of its own and keeps all of them for the scrape.
// What a thread has counted stays when it ends; its block is then given to the next new thread, so
// there are never more blocks than there were threads at one time.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "monitoring/thread_counts.hpp"

namespace gongji::monitoring {

class CountsPool : public std::enable_shared_from_this<CountsPool> {
 public:
  // The calling thread's own block: a comparison of two pointers, after the first call of a thread.
  ThreadCounts& mine();

  // Every block there is. Blocks are never freed while the pool lives.
  [[nodiscard]] std::vector<ThreadCounts*> blocks() const;

 private:
  friend class ThreadLease;
  ThreadCounts* lend();                 // takes the mutex
  void take_back(ThreadCounts* block);  // likewise

  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<ThreadCounts>> all_;  // guarded by mutex_
  std::vector<ThreadCounts*> free_;                 // guarded by mutex_
};

}  // namespace gongji::monitoring
