// One thread of the load: its loop, its connections, its schedule. connect() and run() may be
// called from different threads, one after the other.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>
#include <vector>

#include "domain/result.hpp"
#include "loadtest/connection.hpp"
#include "loadtest/schedule.hpp"

namespace gongji::loadtest {

struct WorkerOptions {
  Address address;
  Transport transport = Transport::kHttp;
  unsigned connections = 1;
  unsigned depth = 1;
  std::string sign_in;  // TCP: the 9001 envelope
  std::chrono::milliseconds timeout_ms{10'000};
  Nanoseconds duration{0};                     // of the schedule; 0 = it ends by count
  std::chrono::milliseconds grace_ms{10'000};  // after the duration, to send what is late
};

struct WorkerReport {
  std::uint64_t breaks = 0;  // connections that broke during the run
  std::string last_break;
  std::uint64_t unsent =
      0;  // open loop: due before the end, but there was no room until the grace was over
};

class Worker final : private ConnectionOwner {
 public:
  Worker(const WorkerOptions& options, Traffic& traffic, Schedule& schedule);

  // Opens all connections and signs in. The error is that of the first connection that failed.
  Status<std::string> connect();
  // Until the schedule is over and everything sent is answered or lost. `start` is time 0.
  WorkerReport run(TimePoint start);

 private:
  void on_ready(Connection& connection) override;
  void on_room(Connection& connection, TimePoint now) override;
  void on_broken(Connection& connection, const std::string& why) override;

  void fill(Connection& connection, TimePoint now);
  void send_what_is_due();
  bool fill_round_robin(TimePoint now);
  void wait_for_next_due();
  void tick();
  [[nodiscard]] bool over(TimePoint now) const;  // nothing more will become due
  [[nodiscard]] bool out_of_grace(TimePoint now) const;
  void give_up_unsent(TimePoint now);
  [[nodiscard]] bool anything_in_flight() const;
  void stop();

  WorkerOptions options_;
  Traffic& traffic_;
  Schedule& schedule_;
  boost::asio::io_context loop_{1};
  boost::asio::steady_timer pace_;
  boost::asio::steady_timer tick_;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::size_t next_connection_ = 0;
  std::size_t ready_ = 0;
  TimePoint start_;
  std::string connect_error_;
  WorkerReport report_;
  bool running_ = false;
  bool waiting_ = false;  // pace_ is set
  bool traffic_ended_ = false;
  bool stopped_ = false;
};

}  // namespace gongji::loadtest
