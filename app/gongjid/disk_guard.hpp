// Looks at the data directory's file system five times a second and closes the door to new work
// while there is too little room, so that a full disk is met at admission and not by the journal.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>

namespace gongji::app {

class DiskGuard {
 public:
  // `free_bytes` asks the file system; `refuse` is told when the state changes. Both are called on
  // the guard's own thread.
  DiskGuard(std::uint64_t free_bytes_min, std::function<std::uint64_t()> free_bytes,
            std::function<void(bool refuse)> refuse);
  ~DiskGuard();
  DiskGuard(const DiskGuard&) = delete;
  DiskGuard& operator=(const DiskGuard&) = delete;

 private:
  void run();

  const std::uint64_t free_bytes_min_;
  const std::function<std::uint64_t()> free_bytes_;
  const std::function<void(bool)> refuse_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace gongji::app
