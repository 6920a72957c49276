#include "stores/redis/hiredis_watch.hpp"

#include <hiredis/async.h>

namespace gongji::stores {
HiredisWatch::HiredisWatch(boost::asio::io_context& loop, redisAsyncContext* context)
    : context_(context), socket_(loop, context->c.fd) {
  context_->ev.data = this;
  context_->ev.addRead = [](void* data) { static_cast<HiredisWatch*>(data)->want_reading(); };
  context_->ev.delRead = [](void* data) {
    static_cast<HiredisWatch*>(data)->reading_.wanted = false;
  };
  context_->ev.addWrite = [](void* data) { static_cast<HiredisWatch*>(data)->want_writing(); };
  context_->ev.delWrite = [](void* data) {
    static_cast<HiredisWatch*>(data)->writing_.wanted = false;
  };
  context_->ev.cleanup = [](void* data) { static_cast<HiredisWatch*>(data)->let_go(); };
}

HiredisWatch::~HiredisWatch() {
  if (context_ == nullptr) return;
  auto& events = context_->ev;
  events.data = nullptr;
  events.addRead = events.delRead = events.addWrite = events.delWrite = events.cleanup = nullptr;
  let_go();
}

// The descriptor's number stays open: its owner is hiredis.
void HiredisWatch::let_go() {
  *alive_ = false;
  context_ = nullptr;
  socket_.release();
}

template <class Wait, class Handle>
void HiredisWatch::arm(Direction& direction, Wait wait, Handle handle) {
  if (!direction.wanted || direction.waiting) return;
  direction.waiting = true;
  socket_.async_wait(
      wait, [this, &direction, wait, handle, alive = alive_](boost::system::error_code error) {
        if (!*alive) return;
        direction.waiting = false;
        if (error || !direction.wanted) return;
        handle(context_);
        if (*alive) arm(direction, wait, handle);
      });
}

void HiredisWatch::want_reading() {
  reading_.wanted = true;
  arm(reading_, boost::asio::posix::stream_descriptor::wait_read, redisAsyncHandleRead);
}

void HiredisWatch::want_writing() {
  writing_.wanted = true;
  arm(writing_, boost::asio::posix::stream_descriptor::wait_write, redisAsyncHandleWrite);
}

}  // namespace gongji::stores
