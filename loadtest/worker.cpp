#include "loadtest/worker.hpp"

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <utility>

namespace gongji::loadtest {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr auto kTickPause = std::chrono::milliseconds{100};
// Closer arrivals share one wake-up; this is the price in latency of one's own making.
constexpr auto kPaceMin = std::chrono::microseconds{50};

std::unique_ptr<Wire> make_wire(const WorkerOptions& options) {
  return options.transport == Transport::kTcp ? make_tcp_wire()
                                              : make_http_wire(options.address.text());
}

}  // namespace

Worker::Worker(const WorkerOptions& options, Traffic& traffic, Schedule& schedule)
    : options_(options), traffic_(traffic), schedule_(schedule), pace_(loop_), tick_(loop_) {}

Status<std::string> Worker::connect() {
  error_code error;
  const auto found = asio::ip::tcp::resolver{loop_}.resolve(
      options_.address.host, std::to_string(options_.address.port), error);
  if (error || found.empty()) return "cannot resolve " + options_.address.host;
  const ConnectionOptions wanted{found.begin()->endpoint(), options_.depth, options_.sign_in};
  ConnectionOwner& owner = *this;
  for (unsigned i = 0; i < options_.connections; ++i) {
    connections_.push_back(
        std::make_unique<Connection>(loop_, wanted, make_wire(options_), traffic_, owner));
    connections_.back()->connect();
  }
  const TimePoint give_up = SteadyClock::now() + options_.timeout_ms;
  while (ready_ < connections_.size() && connect_error_.empty() && SteadyClock::now() < give_up)
    loop_.run_one_until(give_up);
  if (ready_ == connections_.size()) return Done{};
  stop();
  loop_.run();
  if (connect_error_.empty()) connect_error_ = "no answer in time";
  return options_.address.text() + ": " + connect_error_ + "; is gongjid running there?";
}

WorkerReport Worker::run(TimePoint start) {
  start_ = start;
  running_ = true;
  send_what_is_due();
  tick();
  loop_.restart();
  loop_.run();
  return report_;
}

void Worker::on_ready(Connection& connection) {
  ++ready_;
  if (running_) on_room(connection, SteadyClock::now());
}

void Worker::on_room(Connection& connection, TimePoint now) {
  if (!running_) return;
  fill(connection, now);
  if (connection.has_room()) wait_for_next_due();
  if (over(now) && !anything_in_flight()) stop();
}

void Worker::on_broken(Connection&, const std::string& why) {
  if (!running_) {
    if (connect_error_.empty()) connect_error_ = why;
    return;
  }
  ++report_.breaks;
  report_.last_break = why;
}

void Worker::fill(Connection& connection, TimePoint now) {
  while (connection.has_room() && !traffic_ended_) {
    const auto scheduled = schedule_.take(now - start_);
    if (!scheduled) break;
    traffic_ended_ = !connection.send_next(start_ + *scheduled, now);
  }
  connection.flush();
}

void Worker::send_what_is_due() {
  if (fill_round_robin(SteadyClock::now())) wait_for_next_due();
}

// One message for each connection in turn, so that an open loop spreads its load. False when no
// connection has room: then the next answer goes on, and no timer is needed.
bool Worker::fill_round_robin(TimePoint now) {
  std::size_t full = 0;
  while (full < connections_.size() && !traffic_ended_) {
    Connection& connection = *connections_[next_connection_];
    if (!connection.has_room()) {
      ++full;
    } else {
      full = 0;
      const auto scheduled = schedule_.take(now - start_);
      if (!scheduled) break;
      traffic_ended_ = !connection.send_next(start_ + *scheduled, now);
    }
    next_connection_ = (next_connection_ + 1) % connections_.size();
  }
  for (const auto& connection : connections_) connection->flush();
  return full < connections_.size();
}

void Worker::wait_for_next_due() {
  const auto due = schedule_.next_due();
  if (!due || stopped_ || std::exchange(waiting_, true)) return;
  pace_.expires_at(std::max(start_ + *due, SteadyClock::now() + kPaceMin));
  pace_.async_wait([this](const error_code& error) {
    waiting_ = false;
    if (!error) send_what_is_due();
  });
}

void Worker::tick() {
  tick_.expires_after(kTickPause);
  tick_.async_wait([this](const error_code& error) {
    if (error) return;
    const TimePoint now = SteadyClock::now();
    traffic_.tick(now);
    for (const auto& connection : connections_) connection->check_timeout(now, options_.timeout_ms);
    if (out_of_grace(now)) give_up_unsent(now);
    if (over(now) && !anything_in_flight()) return stop();
    send_what_is_due();
    tick();
  });
}

bool Worker::over(TimePoint now) const {
  return traffic_ended_ || schedule_.finished(now - start_);
}

bool Worker::out_of_grace(TimePoint now) const {
  return options_.duration.count() > 0 && now - start_ > options_.duration + options_.grace_ms;
}

bool Worker::anything_in_flight() const {
  for (const auto& connection : connections_)
    if (connection->in_flight() > 0) return true;
  return false;
}

void Worker::stop() {
  if (stopped_) return;
  stopped_ = true;
  pace_.cancel();
  tick_.cancel();
  for (const auto& connection : connections_) connection->close();
}

// What is in flight is still waited for: timeout_ms bounds that.
void Worker::give_up_unsent(TimePoint now) {
  if (traffic_ended_) return;
  while (schedule_.take(now - start_)) ++report_.unsent;
  traffic_ended_ = true;
}

}  // namespace gongji::loadtest
