// The year roll of a july-first run: orders it through /v1 while the load runs, on a thread of its
// own, and watches it to its end.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "loadtest/client/address.hpp"

namespace gongji::loadtest {

struct RollSample {
  double second = 0;  // from the start of the run
  std::uint64_t accounts_done = 0;
};

struct RollReport {
  int year = 0;
  std::uint64_t accounts_total = 0;
  std::uint64_t accounts_done = 0;     // looked at
  std::uint64_t accounts_rolled = 0;   // in this run
  std::uint64_t accounts_skipped = 0;  // nothing to roll, or rolled before
  std::uint64_t accounts_refused = 0;
  bool complete = false;
  double began_s = 0;  // from the start of the run
  double ended_s = 0;
  std::string problem;  // "" = none
  std::vector<RollSample> samples;

  [[nodiscard]] double seconds() const { return ended_s - began_s; }
  [[nodiscard]] double accounts_per_second() const {
    return seconds() > 0 ? static_cast<double>(accounts_done) / seconds() : 0;
  }
  // All accounts were looked at, none was refused, and each was either rolled or skipped.
  [[nodiscard]] bool passed() const {
    return problem.empty() && complete && accounts_refused == 0 &&
           accounts_rolled + accounts_skipped == accounts_done;
  }
};

struct RollOptions {
  Address http;
  std::string token;  // an agency's
  int year = 0;
  std::chrono::seconds after_s{0};  // load alone before it
  std::chrono::milliseconds poll_ms{500};
};

class RollWatch {
 public:
  explicit RollWatch(RollOptions options);
  ~RollWatch();
  RollWatch(const RollWatch&) = delete;
  RollWatch& operator=(const RollWatch&) = delete;

  // Waits for its end, at most `wait`; what was seen.
  RollReport finish(std::chrono::seconds wait);

 private:
  void watch();
  bool pause(std::chrono::milliseconds duration);
  [[nodiscard]] double elapsed_s() const;

  const RollOptions options_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;  // guarded by mutex_
  bool ended_ = false;     // guarded by mutex_
  RollReport report_;      // of the thread, until it has ended
  std::thread thread_;
};

}  // namespace gongji::loadtest
