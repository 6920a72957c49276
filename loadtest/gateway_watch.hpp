// What the gateway says of itself while a load runs: its metrics, read once a second from its
// operations listener on a thread of its own. A second that could not be read is left out.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

#include "loadtest/client/address.hpp"

namespace gongji::loadtest {

struct WatchedSecond {
  std::uint64_t second = 0;    // from the end of the warm-up
  double commits = 0;          // group commits of this second
  double records = 0;          // journal records they made durable
  double processor_us = 0;     // of the whole gateway
  double hot_lag_records = 0;  // durable and not yet in Redis, at its end

  [[nodiscard]] double records_per_commit() const { return commits > 0 ? records / commits : 0; }
  [[nodiscard]] double processor_us_per_record() const {
    return records > 0 ? processor_us / records : 0;
  }
};

// The value of a metric without labels in the text format of Prometheus; 0 when it is not there.
double metric_in(std::string_view text, std::string_view name);

class GatewayWatch {
 public:
  GatewayWatch(Address ops, std::chrono::seconds warmup_s);
  ~GatewayWatch();
  GatewayWatch(const GatewayWatch&) = delete;
  GatewayWatch& operator=(const GatewayWatch&) = delete;

  // Ends the watching; what was seen behind the warm-up.
  std::vector<WatchedSecond> stop();

 private:
  void watch();

  const Address ops_;
  const std::chrono::seconds warmup_s_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;
  std::vector<WatchedSecond> seen_;  // of the thread, until it has ended
  std::thread thread_;
};

}  // namespace gongji::loadtest
