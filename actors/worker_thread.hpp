// One plain thread that runs jobs in order. Everything that may wait for the disk (finding persons,
// loading households, reading records) runs here, so neither an io thread nor a scheduler worker
// ever does. The queue is bounded by admission: every job belongs to a message that holds a token.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace gongji::actors {

class WorkerThread {
 public:
  using Job = std::function<void()>;
  explicit WorkerThread(std::string name);  // as top -H shows it
  ~WorkerThread();                          // runs what is queued, then ends
  WorkerThread(const WorkerThread&) = delete;
  WorkerThread& operator=(const WorkerThread&) = delete;

  void post(Job job);  // any thread
  // One that waits for nobody, as finding a household does not. Those that stand in a row are one
  // turn (ports/thread_turn.hpp): the households they wake are worked on here when it ends, and
  // nobody else is woken for each.
  void post_to_turn(Job job);
  void stop();  // runs what is queued, refuses more; idempotent

 private:
  struct Queued {
    Job job;
    bool in_turn;
  };
  void queue(Queued queued);
  void run();
  void run_one();
  void run_turn();
  Job next_of_turn();

  const std::string name_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Queued> jobs_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace gongji::actors
