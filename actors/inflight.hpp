// How much of a household's mail is not finished: from delivery until its record is durable and
// indexed. Zero means that everything the household ever wrote can be read back from the store.
#pragma once

#include <atomic>
#include <memory>
#include <utility>

namespace gongji::actors {

using InflightCount = std::shared_ptr<std::atomic<unsigned>>;

// One message's share of the count; given back when it is destroyed. Any thread.
class InflightToken {
 public:
  InflightToken() = default;
  explicit InflightToken(InflightCount count) : count_(std::move(count)) { count_->fetch_add(1); }
  ~InflightToken() { release(); }
  InflightToken(InflightToken&& other) noexcept : count_(std::move(other.count_)) {}
  InflightToken& operator=(InflightToken&& other) noexcept {
    release();
    count_ = std::move(other.count_);
    return *this;
  }

 private:
  void release() {
    if (const InflightCount count = std::move(count_)) count->fetch_sub(1);
  }

  InflightCount count_;
};

}  // namespace gongji::actors
