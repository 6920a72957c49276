// A tax authority and an insurer inside the process. They answer after a delay on a thread of their
// own, refuse a share of the requests, and lose a share of the messages, drawn from a seed. The
// same request always gets the same verdict, however often it is asked.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <thread>

#include "counterparties/options.hpp"
#include "ports/counterparties.hpp"

namespace gongji::counterparties {

class Simulated final : public TaxAuthority, public Insurer {
 public:
  explicit Simulated(SimulationOptions options);
  ~Simulated() override;  // answers that were not given yet are lost
  Simulated(const Simulated&) = delete;
  Simulated& operator=(const Simulated&) = delete;

  void withdraw(const std::string& request, const Contribution& order, OnAnswer on_answer) override;
  void insure(const std::string& request, const Contribution& order, OnAnswer on_answer) override;
  void stop();  // idempotent

  [[nodiscard]] std::uint64_t asked() const { return asked_; }
  [[nodiscard]] std::uint64_t lost() const { return lost_; }

 private:
  using Clock = std::chrono::steady_clock;
  void take(const std::string& request, OnAnswer on_answer);
  [[nodiscard]] CounterpartyAnswer verdict_on(const std::string& request) const;
  void run();

  const SimulationOptions options_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::multimap<Clock::time_point, std::function<void()>> due_;  // guarded by mutex_
  std::mt19937 chance_;                                          // guarded by mutex_
  bool stopping_ = false;                                        // guarded by mutex_
  std::atomic<std::uint64_t> asked_{0};
  std::atomic<std::uint64_t> lost_{0};
  std::thread thread_;
};

}  // namespace gongji::counterparties
