#include "app/gongjid/last_resort.hpp"

namespace gongji::app {

LastResort::~LastResort() {
  {
    const std::lock_guard lock{mutex_};
    over_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void LastResort::arm(std::chrono::milliseconds limit) {
  thread_ = std::thread{[this, limit] {
    std::unique_lock lock{mutex_};
    if (!wake_.wait_for(lock, limit, [this] { return over_; })) end_();
  }};
}

}  // namespace gongji::app
