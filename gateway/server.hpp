// A listener, its connections and their time limits, on one loop. http::HttpServer and
// tcp::TcpServer say which kind of connection it makes.
//
// One server belongs to one loop. With several loops, make one server for each on the same endpoint
// with options.loop_threads > 1: they share the port, the admission and the gate.
//
// How a server ends (docs: gateway/README.md): begin_drain(), wait for the gate, stop the loop,
// destroy the server, destroy the loop.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "domain/result.hpp"
#include "gateway/connection.hpp"
#include "gateway/listener.hpp"
#include "gateway/transport_context.hpp"

namespace gongji::gateway {

// What several servers of one process use together.
struct SharedLimits {
  std::shared_ptr<Admission> admission;
  std::shared_ptr<SessionGate> gate;
  std::shared_ptr<const tls::TlsSource> tls{};  // null: plain
};

class Server {
 public:
  virtual ~Server();  // after the loop has stopped (or was never started)
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Once. Gives the endpoint with the port that was chosen, or a sentence why not. Any thread.
  [[nodiscard]] Result<Endpoint, std::string> listen(const Endpoint& endpoint);

  // Everything is still served, but over HTTP an answer with no other behind it says "Connection:
  // close" and ends its connection, so that the next message looks for another gateway. Any thread,
  // returns at once.
  void send_away();

  // Stops accepting and admitting; idle connections close, the others after their last answer, and
  // what is left after `cut_after` is cut. Any thread, returns at once; the gate tells the end.
  void begin_drain(std::chrono::milliseconds cut_after);

 protected:
  Server(IoLoop& loop, Transport transport, const GatewayOptions& options, SharedLimits limits,
         Metrics& metrics);
  virtual std::shared_ptr<Connection> make_connection(Socket socket) = 0;
  [[nodiscard]] TransportContext& context() { return context_; }

 private:
  void on_accept(Socket socket);
  void arm_ticker();
  void sweep();
  void drain(std::chrono::milliseconds cut_after);

  IoLoop& loop_;
  TransportContext context_;
  Listener listener_;
  asio::steady_timer ticker_;
  const std::chrono::milliseconds tick_ms_;
  Moment cut_at_ = Moment::max();
};

}  // namespace gongji::gateway
