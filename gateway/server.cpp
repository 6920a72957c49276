#include "gateway/server.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

namespace gongji::gateway {
namespace {

using std::chrono::milliseconds;

// One look at all connections per tick instead of a timer operation per message. Limits are kept to
// within one tick.
milliseconds tick_for(const GatewayOptions& options) {
  const milliseconds shortest =
      std::min({options.handshake_timeout_ms, options.head_timeout_ms, options.body_timeout_ms,
                options.write_timeout_ms, options.idle_timeout_ms});
  return std::clamp(shortest / 4, milliseconds(5), milliseconds(250));
}

}  // namespace

Server::Server(IoLoop& loop, Transport transport, const GatewayOptions& options,
               SharedLimits limits, Metrics& metrics)
    : loop_(loop),
      context_{transport,
               options,
               metrics,
               loop.mailbox(),
               std::move(limits.admission),
               std::move(limits.gate),
               std::move(limits.tls),
               {},
               HeldBack{loop.context()},
               std::chrono::steady_clock::now()},
      listener_(loop.context(), [this](Socket socket) { on_accept(std::move(socket)); }),
      ticker_(loop.context()),
      tick_ms_(tick_for(options)) {}

Server::~Server() {
  context_.connections.for_each([](Connection& connection) { connection.close(); });
}

Result<Endpoint, std::string> Server::listen(const Endpoint& endpoint) {
  auto bound = listener_.open(endpoint, context_.options.loop_threads > 1);
  if (!bound) return bound;
  asio::post(loop_.context(), [this] {
    listener_.start();
    arm_ticker();
  });
  return bound;
}

void Server::on_accept(Socket socket) {
  // Full or draining: closed at once, so that the caller tries elsewhere instead of waiting.
  if (!context_.gate->try_enter()) {
    if (!context_.draining) context_.metrics.shed(ShedCause::kConnection);
    return;
  }
  auto connection = make_connection(std::move(socket));
  context_.connections.add(connection);
  connection->start();
}

void Server::arm_ticker() {
  ticker_.expires_after(tick_ms_);
  ticker_.async_wait([this](error_code cancelled) {
    if (cancelled) return;
    sweep();
    arm_ticker();
  });
}

void Server::sweep() {
  context_.now = std::chrono::steady_clock::now();
  context_.admission->look(context_.now);
  const bool cut = context_.now >= cut_at_;
  context_.connections.for_each([cut](Connection& connection) {
    if (cut) {
      connection.close();
    } else {
      connection.sweep();
    }
  });
}

void Server::send_away() {
  asio::post(loop_.context(), [this] { context_.sending_away = true; });
}

void Server::begin_drain(milliseconds cut_after) {
  context_.admission->begin_drain();
  asio::post(loop_.context(), [this, cut_after] { drain(cut_after); });
}

void Server::drain(milliseconds cut_after) {
  if (std::exchange(context_.draining, true)) return;
  listener_.close();
  context_.gate->close();
  cut_at_ = std::chrono::steady_clock::now() + cut_after;
  context_.connections.for_each([](Connection& connection) { connection.begin_drain(); });
}

}  // namespace gongji::gateway
