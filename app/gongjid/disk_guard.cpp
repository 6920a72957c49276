#include "app/gongjid/disk_guard.hpp"

#include <chrono>

#include "ports/log.hpp"

namespace gongji::app {
namespace {

// A fast disk takes some hundred megabytes a second; store.free_bytes_min must outlast one pause.
constexpr std::chrono::milliseconds kPause{200};

}  // namespace

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
        log_event(LogLevel::kError, "disk_low", "New work is refused until there is more room.",
                  {{"free_bytes", free}, {"free_bytes_min", free_bytes_min_}});
      else
        log_event(LogLevel::kWarn, "disk_recovered", "New work is taken again.",
                  {{"free_bytes", free}, {"free_bytes_min", free_bytes_min_}});
    }
    wake_.wait_for(lock, kPause, [this] { return stopping_; });
  }
}

}  // namespace gongji::app
