#include "app/gongjid/disk_guard.hpp"

#include <spdlog/spdlog.h>

#include <chrono>

namespace gongji::app {

DiskGuard::DiskGuard(std::uint64_t free_bytes_min, std::function<std::uint64_t()> free_bytes,
                     std::function<void(bool)> refuse)
    : free_bytes_min_(free_bytes_min),
      free_bytes_(std::move(free_bytes)),
      refuse_(std::move(refuse)),
      thread_([this] { run(); }) {}

DiskGuard::~DiskGuard() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void DiskGuard::run() {
  bool refusing = false;
  std::unique_lock lock{mutex_};
  while (!stopping_) {
    const std::uint64_t free = free_bytes_();
    if (const bool low = free < free_bytes_min_; low != refusing) {
      refusing = low;
      refuse_(refusing);
      if (low)
        spdlog::error("disk_low: {} bytes free, new work is refused until {}", free,
                      free_bytes_min_);
      else
        spdlog::warn("disk_recovered: {} bytes free, new work is taken again", free);
    }
    wake_.wait_for(lock, std::chrono::seconds{1}, [this] { return stopping_; });
  }
}

}  // namespace gongji::app
