// Accepts connections on one address and hands their sockets on. Loop thread, except open().
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <string>

#include "domain/result.hpp"
#include "gateway/asio.hpp"
#include "gateway/options.hpp"

namespace gongji::gateway {

class Listener {
 public:
  using OnAccept = std::function<void(Socket)>;

  Listener(asio::io_context& context, OnAccept on_accept);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  // Binds and listens; gives the endpoint with the port that was chosen, or a sentence why not.
  // `shared_port`: several loops listen on the same endpoint and the kernel spreads connections.
  [[nodiscard]] Result<Endpoint, std::string> open(const Endpoint& endpoint, bool shared_port);
  void start();  // accepts until close()
  void close();

 private:
  void accept_next();
  void on_accepted(error_code failure, Socket socket);

  Acceptor acceptor_;
  asio::steady_timer pause_;
  const OnAccept on_accept_;
};

}  // namespace gongji::gateway
