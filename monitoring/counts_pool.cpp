#include "monitoring/counts_pool.hpp"

namespace gongji::monitoring {

// One thread's claim on one block. Holds its pool alive, so a thread may outlive the metrics.
class ThreadLease {
 public:
  explicit ThreadLease(std::shared_ptr<CountsPool> pool)
      : pool_(std::move(pool)), block_(pool_->lend()) {}
  ThreadLease(ThreadLease&&) = default;
  ThreadLease& operator=(ThreadLease&&) = default;
  ~ThreadLease() {
    if (pool_) pool_->take_back(block_);
  }
  [[nodiscard]] const CountsPool* pool() const { return pool_.get(); }
  [[nodiscard]] ThreadCounts& block() const { return *block_; }

 private:
  std::shared_ptr<CountsPool> pool_;
  ThreadCounts* block_;
};

namespace {

// A program has one pool; tests have several, hence a list.
thread_local std::vector<ThreadLease> leases;
// The lease used last, so that the usual case does not walk the list.
thread_local const CountsPool* last_pool = nullptr;
thread_local ThreadCounts* last_block = nullptr;

}  // namespace

ThreadCounts& CountsPool::mine() {
  if (last_pool == this) return *last_block;
  for (const ThreadLease& lease : leases) {
    if (lease.pool() != this) continue;
    last_pool = this;
    last_block = &lease.block();
    return *last_block;
  }
  leases.emplace_back(shared_from_this());
  return mine();
}

std::vector<ThreadCounts*> CountsPool::blocks() const {
  const std::lock_guard lock{mutex_};
  std::vector<ThreadCounts*> blocks;
  for (const auto& block : all_) blocks.push_back(block.get());
  return blocks;
}

ThreadCounts* CountsPool::lend() {
  const std::lock_guard lock{mutex_};
  if (free_.empty()) {
    all_.push_back(std::make_unique<ThreadCounts>());
    free_.push_back(all_.back().get());
  }
  ThreadCounts* block = free_.back();
  free_.pop_back();
  return block;
}

void CountsPool::take_back(ThreadCounts* block) {
  const std::lock_guard lock{mutex_};
  free_.push_back(block);
}

}  // namespace gongji::monitoring
