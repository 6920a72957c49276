#include "loadtest/connection.hpp"

#include <boost/asio/write.hpp>
#include <cstring>
#include <limits>

#include "loadtest/answer.hpp"

namespace gongji::loadtest {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {
constexpr std::size_t kReadBytes = 64 * 1024;
constexpr auto kRetryPause = std::chrono::milliseconds{200};
constexpr std::uint64_t kSignInTag = std::numeric_limits<std::uint64_t>::max();
}  // namespace

Connection::Connection(asio::io_context& loop, const ConnectionOptions& options,
                       std::unique_ptr<Wire> wire, Traffic& traffic, ConnectionOwner& owner)
    : options_(options),
      wire_(std::move(wire)),
      traffic_(traffic),
      owner_(owner),
      socket_(loop),
      retry_(loop),
      slots_(options.depth),
      in_(kReadBytes) {
  for (std::uint32_t i = options.depth; i-- > 0;) free_slots_.push_back(i);
}

void Connection::connect() {
  const auto generation = ++generation_;
  wire_->reset();
  in_end_ = 0;
  out_.clear();
  is_writing_ = false;
  socket_.async_connect(options_.endpoint, [this, generation](const error_code& error) {
    if (generation == generation_) on_connected(error);
  });
}

void Connection::on_connected(const error_code& error) {
  if (error) return broken("cannot connect: " + error.message());
  error_code ignored;
  socket_.set_option(tcp::no_delay{true}, ignored);
  if (options_.sign_in.empty()) {
    become_ready();
  } else {
    message_.body = options_.sign_in;
    wire_->append(out_, kSignInTag, message_);
    flush();
  }
  read();
}

void Connection::become_ready() {
  ready_ = true;
  owner_.on_ready(*this);
}

bool Connection::send_next(TimePoint scheduled, TimePoint now) {
  const std::uint32_t slot = free_slots_.back();
  PendingCall& call = slots_[slot].call;
  call.scheduled = scheduled;
  call.sent = now;
  message_.clear();
  if (!traffic_.next(call, message_)) return false;
  free_slots_.pop_back();
  slots_[slot].used = true;
  wire_->append(out_, slot, message_);
  return true;
}

void Connection::flush() {
  if (is_writing_ || out_.empty()) return;
  is_writing_ = true;
  writing_.swap(out_);
  out_.clear();
  asio::async_write(socket_, asio::buffer(writing_),
                    [this, generation = generation_](const error_code& error, std::size_t count) {
                      if (generation == generation_) on_written(error, count);
                    });
}

void Connection::on_written(const error_code& error, std::size_t count) {
  is_writing_ = false;
  traffic_.transferred(count, 0);
  if (error) return broken("sending failed: " + error.message());
  flush();
}

void Connection::read() {
  socket_.async_read_some(
      asio::buffer(in_.data() + in_end_, in_.size() - in_end_),
      [this, generation = generation_](const error_code& error, std::size_t count) {
        if (generation == generation_) on_read(error, count);
      });
}

void Connection::on_read(const error_code& error, std::size_t count) {
  if (error) return broken("the gateway closed the connection: " + error.message());
  read_at_ = SteadyClock::now();
  in_end_ += count;
  traffic_.transferred(0, count);
  if (!take_answers()) return;
  if (ready_) owner_.on_room(*this, read_at_);
  if (!closed_) read();
}

// False: the connection broke.
bool Connection::take_answers() {
  const auto generation = generation_;
  std::string_view bytes{in_.data(), in_end_};
  const auto status = wire_->read(bytes, *this);
  if (generation != generation_) return false;  // a refused sign-in
  if (!status || wire_->closing()) {
    broken(status ? "the gateway announced the end of the connection" : status.error());
    return false;
  }
  std::memmove(in_.data(), bytes.data(), bytes.size());
  in_end_ = bytes.size();
  if (in_end_ == in_.size()) in_.resize(in_.size() * 2);  // one long answer; the wire bounds it
  return true;
}

void Connection::on_answer(std::uint64_t tag, const IncomingAnswer& answer) {
  if (tag == kSignInTag) return on_sign_in_answer(answer);
  // An answer without a question is ignored here; the audit notices if one is missing elsewhere.
  if (tag >= slots_.size() || !slots_[tag].used) return;
  slots_[tag].used = false;
  free_slots_.push_back(static_cast<std::uint32_t>(tag));
  traffic_.answered(slots_[tag].call, answer, read_at_);
}

void Connection::on_sign_in_answer(const IncomingAnswer& answer) {
  if (read_answer(answer.http_status, answer.body).answer == AnswerClass::kApplied) {
    become_ready();
  } else {
    broken("sign-in (9001) refused: " + std::string{find_text(answer.body, "\"err_msg\"")});
  }
}

void Connection::check_timeout(TimePoint now, Nanoseconds timeout) {
  for (const Slot& slot : slots_)
    if (slot.used && now - slot.call.sent > timeout)
      return broken("no answer within " + std::to_string(timeout.count() / 1'000'000) + " ms");
}

void Connection::broken(const std::string& why) {
  ++generation_;
  ready_ = false;
  error_code ignored;
  socket_.close(ignored);
  lose_all(SteadyClock::now());
  if (closed_) return;
  owner_.on_broken(*this, why);
  retry_.expires_after(kRetryPause);
  retry_.async_wait([this](const error_code& error) {
    if (!error && !closed_) connect();
  });
}

void Connection::lose_all(TimePoint now) {
  for (std::uint32_t i = 0; i < slots_.size(); ++i) {
    if (!slots_[i].used) continue;
    slots_[i].used = false;
    free_slots_.push_back(i);
    traffic_.lost(slots_[i].call, now);
  }
}

void Connection::close() {
  closed_ = true;
  retry_.cancel();
  broken("closed");
}

}  // namespace gongji::loadtest
