// Connections whose institution sends too much: they are not read from for a moment, so that
// whoever repeats at once cannot keep the loop busy with refusals. Those who have waited longest
// are heard again first, a few at a time, since what they find is the room of one share.
//
// Loop thread only.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <memory>

#include "gateway/asio.hpp"

namespace gongji::gateway {

class Connection;

class HeldBack {
 public:
  explicit HeldBack(asio::io_context& context) : timer_(context) {}

  // Once until it is heard again.
  void add(std::weak_ptr<Connection> connection);

 private:
  void arm();
  void hear_some();

  asio::steady_timer timer_;
  std::deque<std::weak_ptr<Connection>> waiting_;
};

}  // namespace gongji::gateway
