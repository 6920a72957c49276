#include "gateway/listener.hpp"

#include <sys/socket.h>

#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <utility>

namespace gongji::gateway {
namespace {

// Without file descriptors or memory a connection waits in the kernel's queue; we look again soon.
constexpr std::chrono::milliseconds kPause{50};
constexpr int kBacklog = 4096;  // the kernel cuts it to net.core.somaxconn

using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

// What an operator can do about it.
std::string advice(const error_code& failure, std::uint16_t port) {
  if (failure == asio::error::address_in_use)
    return "; stop the program that listens there (ss -ltnp 'sport = :" + std::to_string(port) +
           "' names it) or take another port";
  if (failure == boost::system::errc::address_not_available)
    return "; no network interface of this machine has that address";
  if (failure == asio::error::access_denied)
    return "; ports below 1024 need CAP_NET_BIND_SERVICE: take a higher one behind a load balancer";
  return "";
}

error_code bind_and_listen(Acceptor& acceptor, const asio::ip::tcp::endpoint& endpoint,
                           bool shared_port) {
  error_code failure;
  (void)acceptor.open(endpoint.protocol(), failure);
  if (!failure) (void)acceptor.set_option(Acceptor::reuse_address(true), failure);
  if (!failure && shared_port) (void)acceptor.set_option(ReusePort(true), failure);
  if (!failure) (void)acceptor.bind(endpoint, failure);
  if (!failure) (void)acceptor.listen(kBacklog, failure);
  return failure;
}

}  // namespace

Listener::Listener(asio::io_context& context, OnAccept on_accept)
    : acceptor_(context), pause_(context), on_accept_(std::move(on_accept)) {}

Listener::~Listener() { close(); }

Result<Endpoint, std::string> Listener::open(const Endpoint& endpoint, bool shared_port) {
  const std::string name = endpoint.address + ":" + std::to_string(endpoint.port);
  error_code failure;
  const auto address = asio::ip::make_address(endpoint.address, failure);
  if (failure) return "not an IP address to listen on: " + name;
  failure = bind_and_listen(acceptor_, {address, endpoint.port}, shared_port);
  if (failure)
    return "cannot listen on " + name + ": " + failure.message() + advice(failure, endpoint.port);
  return Endpoint{endpoint.address, acceptor_.local_endpoint().port()};
}

void Listener::start() { accept_next(); }

void Listener::close() {
  error_code ignored;
  (void)acceptor_.close(ignored);
  pause_.cancel();
}

void Listener::accept_next() {
  if (!acceptor_.is_open()) return;
  acceptor_.async_accept(
      [this](error_code failure, Socket socket) { on_accepted(failure, std::move(socket)); });
}

void Listener::on_accepted(error_code failure, Socket socket) {
  if (failure == asio::error::operation_aborted) return;
  if (!failure) {
    on_accept_(std::move(socket));
    return accept_next();
  }
  if (failure == asio::error::connection_aborted) return accept_next();
  // EMFILE, ENFILE, ENOBUFS, ENOMEM and whatever else: never end, never spin.
  pause_.expires_after(kPause);
  pause_.async_wait([this](error_code cancelled) {
    if (!cancelled) accept_next();
  });
}

}  // namespace gongji::gateway
