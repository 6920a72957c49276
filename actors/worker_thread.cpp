#include "actors/worker_thread.hpp"

#include <chrono>
#include <utility>

#include "ports/background_thread.hpp"
#include "ports/thread_turn.hpp"

namespace gongji::actors {
namespace {

// As an io loop's turn (gateway/io_loop.cpp): the journal should write what this one has brought
// while the next is found. A read from the disk ends it early.
constexpr unsigned kMailPerTurnMax = 32;
constexpr std::chrono::microseconds kTurnMax{1000};

}  // namespace

WorkerThread::WorkerThread(std::string name) : name_(std::move(name)), thread_([this] { run(); }) {}

WorkerThread::~WorkerThread() { stop(); }

void WorkerThread::post(Job job) { queue({std::move(job), false}); }

void WorkerThread::post_to_turn(Job job) { queue({std::move(job), true}); }

void WorkerThread::queue(Queued queued) {
  {
    const std::lock_guard lock{mutex_};
    if (stopping_) return;  // the message's ticket answers "unknown" as the job dies
    jobs_.push_back(std::move(queued));
  }
  wake_.notify_one();
}

void WorkerThread::stop() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void WorkerThread::run() {
  name_thread(name_.c_str());
  for (;;) {
    std::unique_lock lock{mutex_};
    wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    const bool in_turn = jobs_.front().in_turn;
    lock.unlock();
    in_turn ? run_turn() : run_one();
  }
}

// What a job held is released outside the lock.
void WorkerThread::run_one() {
  Job job;
  {
    const std::lock_guard lock{mutex_};
    job = std::move(jobs_.front().job);
    jobs_.pop_front();
  }
  job();
}

void WorkerThread::run_turn() {
  const auto end = std::chrono::steady_clock::now() + kTurnMax;
  ThreadTurn turn{ThreadTurn::Mail::kWorkedOnHere};
  while (turn.mail_count() < kMailPerTurnMax && std::chrono::steady_clock::now() < end) {
    const Job job = next_of_turn();
    if (!job) return;
    job();
  }
}

WorkerThread::Job WorkerThread::next_of_turn() {
  const std::lock_guard lock{mutex_};
  if (jobs_.empty() || !jobs_.front().in_turn) return {};
  Job job = std::move(jobs_.front().job);
  jobs_.pop_front();
  return job;
}

}  // namespace gongji::actors
