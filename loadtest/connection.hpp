// One connection of the load: connects, signs in (TCP), keeps up to `depth` messages in flight, and
// connects again after a break. Lives on its worker's loop; the worker owns it and outlives every
// pending operation.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>
#include <vector>

#include "loadtest/traffic.hpp"
#include "loadtest/wire.hpp"

namespace gongji::loadtest {

class Connection;

class ConnectionOwner {
 public:
  virtual ~ConnectionOwner() = default;
  virtual void on_ready(Connection& connection) = 0;
  // After a turn of answers: there is room again.
  virtual void on_room(Connection& connection, TimePoint now) = 0;
  // The connection broke; what was in flight has been reported lost. It will connect again.
  virtual void on_broken(Connection& connection, const std::string& why) = 0;
};

struct ConnectionOptions {
  boost::asio::ip::tcp::endpoint endpoint;
  unsigned depth = 1;
  std::string sign_in;  // sent first on every connection; "" = nothing to sign in with
};

class Connection final : private AnswerSink {
 public:
  Connection(boost::asio::io_context& loop, const ConnectionOptions& options,
             std::unique_ptr<Wire> wire, Traffic& traffic, ConnectionOwner& owner);

  void connect();
  void close();  // reports what is in flight as lost

  [[nodiscard]] bool has_room() const { return ready_ && !free_slots_.empty(); }
  [[nodiscard]] std::size_t in_flight() const { return slots_.size() - free_slots_.size(); }
  // False: the traffic has no more messages. Needs has_room(); flush() sends.
  bool send_next(TimePoint scheduled, TimePoint now);
  void flush();
  // Breaks the connection when its oldest message has waited longer than `timeout`.
  void check_timeout(TimePoint now, Nanoseconds timeout);

 private:
  struct Slot {
    PendingCall call;
    bool used = false;
  };

  void on_connected(const boost::system::error_code& error);
  void become_ready();
  void read();
  void on_read(const boost::system::error_code& error, std::size_t count);
  bool take_answers();
  void on_answer(std::uint64_t tag, const IncomingAnswer& answer) override;
  void on_sign_in_answer(const IncomingAnswer& answer);
  void on_written(const boost::system::error_code& error, std::size_t count);
  void broken(const std::string& why);
  void lose_all(TimePoint now);

  ConnectionOptions options_;
  std::unique_ptr<Wire> wire_;
  Traffic& traffic_;
  ConnectionOwner& owner_;
  boost::asio::ip::tcp::socket socket_;
  boost::asio::steady_timer retry_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_slots_;
  OutgoingMessage message_;  // reused
  std::string out_;          // composed, not handed to the socket yet
  std::string writing_;      // on its way; not touched until on_written
  std::vector<char> in_;
  std::size_t in_end_ = 0;
  TimePoint read_at_;             // all answers of one turn arrived then
  std::uint64_t generation_ = 0;  // of the socket: operations of an older one are ignored
  bool is_writing_ = false;
  bool ready_ = false;
  bool closed_ = false;
};

}  // namespace gongji::loadtest
