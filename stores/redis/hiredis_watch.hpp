// Lets Boost.Asio drive a hiredis asynchronous context: hiredis says what it waits for, Asio says
// when the socket is ready for it. One for each context, on the one thread that runs the
// io_context. hiredis closes the socket itself; this only borrows its number.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <memory>

struct redisAsyncContext;

namespace gongji::stores {

class HiredisWatch {
 public:
  HiredisWatch(boost::asio::io_context& loop, redisAsyncContext* context);
  ~HiredisWatch();  // before or after hiredis is done with the context
  HiredisWatch(const HiredisWatch&) = delete;
  HiredisWatch& operator=(const HiredisWatch&) = delete;

 private:
  // One direction: whether hiredis wants it, and whether Asio is waiting for it already.
  struct Direction {
    bool wanted = false;
    bool waiting = false;
  };
  void want_reading();
  void want_writing();
  template <class Wait, class Handle>
  void arm(Direction& direction, Wait wait, Handle handle);
  void let_go();

  redisAsyncContext* context_;
  boost::asio::posix::stream_descriptor socket_;
  Direction reading_, writing_;
  // Outlives this object in the handlers that Asio still holds.
  const std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace gongji::stores
