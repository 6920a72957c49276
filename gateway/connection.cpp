#include "gateway/connection.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <exception>
#include <utility>

namespace gongji::gateway {
namespace {

using std::chrono::seconds;

// One read asks for this much; a read that fills it doubles the next.
constexpr std::size_t kReadBytesMin = 4 * 1024;
constexpr std::size_t kReadBytesMax = 64 * 1024;
// Buffers that grew above this for one message are given back afterwards.
constexpr std::size_t kKeptBytesMax = 256 * 1024;
// While more than this waits to be written nothing further is taken: who asks for much and does not
// read it shall cost little memory, and hold few places of the others.
constexpr std::size_t kOutputBytesMax = 256 * 1024;
// A reader slower than this is cut even if it takes a byte now and then.
constexpr std::size_t kWriteBytesPerSecondMin = 1024;
// After the last answer we close our half and let the peer read it: closing with unread input in
// the kernel would send a reset that can destroy the answer on its way.
constexpr seconds kLinger{2};

std::unique_ptr<tls::TlsChannel> make_channel(const TransportContext& context) {
  if (context.tls == nullptr) return nullptr;
  return std::make_unique<tls::TlsChannel>(*context.tls->current());
}

bool is_loopback(const Socket& socket) {
  error_code failure;
  const auto address = socket.remote_endpoint(failure).address();
  if (failure) return false;
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).is_loopback();
  }
  return address.is_loopback();
}

void give_back(std::string& text) {
  text.clear();
  if (text.capacity() > kKeptBytesMax) text.shrink_to_fit();
}

}  // namespace

void ConnectionSet::add(std::shared_ptr<Connection> connection) {
  connection->index_ = connections_.size();
  connections_.push_back(std::move(connection));
}

void ConnectionSet::remove(Connection& connection) {
  const std::size_t index = connection.index_;
  connections_.back()->index_ = index;
  std::swap(connections_[index], connections_.back());
  connections_.pop_back();
}

Connection::Connection(Socket socket, TransportContext& context)
    : socket_(std::move(socket)),
      context_(context),
      anchor_(std::make_shared<SlotAnchor>(SlotAnchor{context.mailbox, context.admission, this})),
      caller_(std::make_shared<Caller>(Caller{context.transport, is_loopback(socket_)})),
      tls_(make_channel(context)),
      read_bytes_(kReadBytesMin),
      phase_(tls_ == nullptr ? Phase::kIdle : Phase::kHandshake) {}

// ---- the life of a connection ----

void Connection::start() {
  context_.metrics.connections(context_.transport, 1);
  error_code ignored;  // a socket that is already dead says so at the first read
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  socket_.non_blocking(true, ignored);  // for write_now()
  phase_since_ = last_read_at_ = std::chrono::steady_clock::now();
  read_some();
}

// What is to be done next, after anything has changed.
void Connection::proceed() {
  if (closed_ || lingering_) return;
  if (tls_ != nullptr && tls_->is_over() && may_take()) input_ended_ = true;
  while (flush()) take_waiting();
  if (closed_) return;
  if (inflight_ == 0 && !writing_ && (input_ended_ || (context_.draining && quiet()))) {
    return finish();
  }
  if (caller_->sends_too_much) return hold_back();
  if (!input_ended_ && !reading_ && has_room()) read_some();
}

void Connection::hold_back() {
  if (!std::exchange(held_back_, true)) context_.held_back.add(weak_from_this());
}

void Connection::hear_again() {
  held_back_ = false;
  if (closed_ || lingering_ || !std::exchange(caller_->sends_too_much, false)) return;
  if (!reading_) phase_since_ = context_.now;  // we did not read, so the sender's time did not run
  go_on();
}

void Connection::begin_drain() { proceed(); }

// Says goodbye; the sweep or the peer's own end closes.
void Connection::finish() {
  if (peer_ended_) return close();
  if (tls_ != nullptr && tls_->end()) return proceed();  // and come back
  lingering_ = true;
  write_since_ = context_.now;
  error_code ignored;  // the peer may have gone
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  if (!reading_) read_some();
}

void Connection::close() {
  if (std::exchange(closed_, true)) return;
  const auto self = shared_from_this();
  anchor_->connection = nullptr;
  output_tokens_.release();
  outgoing_tokens_.release();
  error_code ignored;
  socket_.close(ignored);
  context_.connections.remove(*this);
  context_.metrics.connections(context_.transport, -1);
  context_.gate->leave();
}

// ---- bytes in ----

std::string_view Connection::input() const {
  const auto bytes = input_.cdata();
  return {static_cast<const char*>(bytes.data()), bytes.size()};
}

bool Connection::may_take() const { return !input_ended_ && !closed_ && has_room(); }

bool Connection::has_room() const {
  return inflight_ < context_.options.connection_inflight_max && output_.size() < kOutputBytesMax &&
         !caller_->sends_too_much;
}

void Connection::begin_phase(Phase phase) {
  phase_ = phase;
  phase_since_ = last_read_at_;
}

bool Connection::quiet() const {
  return (phase_ == Phase::kIdle || phase_ == Phase::kHandshake) && input_.size() == 0;
}

void Connection::read_some() {
  reading_ = true;
  // The padding stays free behind what is read: handlers may read beyond the end of a body.
  auto& buffer = tls_ == nullptr ? input_ : encrypted_;
  const auto space = buffer.prepare(read_bytes_ + kReadablePadding);
  socket_.async_read_some(asio::buffer(space.data(), read_bytes_),
                          [self = shared_from_this()](error_code failure, std::size_t bytes) {
                            self->on_read(failure, bytes);
                          });
}

void Connection::on_read(error_code failure, std::size_t bytes) {
  reading_ = false;
  if (closed_) return;
  if (failure && failure != asio::error::eof) return close();
  if (failure) peer_ended_ = input_ended_ = true;
  if (lingering_) return peer_ended_ ? close() : read_some();
  if (bytes != 0) {
    last_read_at_ = std::chrono::steady_clock::now();
    if (tls_ == nullptr) {
      input_.commit(bytes);
    } else {
      decrypt(bytes);
    }
    if (phase_ == Phase::kUpload) phase_since_ = last_read_at_;
    if (bytes == read_bytes_) read_bytes_ = std::min(2 * read_bytes_, kReadBytesMax);
    take();
  }
  proceed();
}

void Connection::decrypt(std::size_t bytes) {
  encrypted_.commit(bytes);
  const std::string_view all{static_cast<const char*>(encrypted_.cdata().data()), bytes};
  const auto state = tls_->receive(all, input_, kReadablePadding);
  encrypted_.consume(bytes);
  if (phase_ != Phase::kHandshake || state == tls::TlsChannel::State::kHandshake) return;
  caller_->certificate_sha256 = tls_->peer_certificate_sha256();
  begin_phase(Phase::kIdle);
}

void Connection::take() {
  taking_ = true;
  try {
    take_messages();
  } catch (const std::exception& fault) {
    context_.mailbox->report_fault(fault.what());
    close();
  }
  taking_ = false;
  if (input_.size() == 0 && input_.capacity() > kKeptBytesMax) input_ = {};
}

// ---- bytes out ----

void Connection::end_messages(unsigned count, AdmissionToken tokens) {
  output_messages_ += count;
  output_tokens_.absorb(std::move(tokens));
}

void Connection::flush_soon() {
  if (taking_ || flush_posted_ || closed_) return;
  flush_posted_ = true;
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    self->flush_posted_ = false;
    self->proceed();
  });
}

// True when something was written and all of it is gone: there may be room for more messages.
bool Connection::flush() {
  const bool tls_has_output = tls_ != nullptr && tls_->has_output();
  if (closed_ || writing_ || (output_.empty() && !tls_has_output)) return false;
  writing_ = true;
  if (tls_ == nullptr) {
    outgoing_.swap(output_);
  } else {
    encrypt();
  }
  outgoing_messages_ = std::exchange(output_messages_, 0);
  outgoing_tokens_.absorb(std::move(output_tokens_));
  written_ = 0;
  write_since_ = write_progress_at_ = context_.now;
  return write_now();
}

// Handshake, alerts and the answers that gathered.
void Connection::encrypt() {
  tls_->send(output_);
  give_back(output_);
  tls_->take_output(outgoing_);
}

// Nearly always the kernel takes everything at once, and the loop has nothing to wait for.
bool Connection::write_now() {
  while (written_ < outgoing_.size()) {
    error_code failure;
    const std::size_t bytes = socket_.write_some(unwritten(), failure);
    if (failure == asio::error::would_block) return write_when_possible(), false;
    if (failure) return close(), false;
    written_ += bytes;
  }
  end_batch();
  return true;
}

asio::const_buffer Connection::unwritten() const {
  return asio::buffer(outgoing_.data() + written_, outgoing_.size() - written_);
}

void Connection::write_when_possible() {
  socket_.async_write_some(unwritten(),
                           [self = shared_from_this()](error_code failure, std::size_t bytes) {
                             self->on_write(failure, bytes);
                           });
}

void Connection::on_write(error_code failure, std::size_t bytes) {
  if (closed_) return;
  if (failure) return close();
  written_ += bytes;
  write_progress_at_ = context_.now;
  if (write_now()) go_on();
}

void Connection::end_batch() {
  writing_ = false;
  give_back(outgoing_);
  outgoing_tokens_.release();
  inflight_ -= std::exchange(outgoing_messages_, 0);
  // While we were busy or did not read, the sender's time did not run.
  if (phase_ == Phase::kIdle || !reading_) phase_since_ = std::max(phase_since_, context_.now);
}

// There may be room again for what has been read already.
void Connection::go_on() {
  take_waiting();
  proceed();
}

void Connection::take_waiting() {
  if (input_.size() != 0 && !reading_ && may_take()) take();
}

// ---- time limits ----

void Connection::sweep() {
  if (lingering_) {
    if (context_.now - write_since_ > kLinger) close();
    return;
  }
  if (sender_is_late() || write_is_stuck()) close();
}

bool Connection::sender_is_late() const {
  if (!reading_) return false;
  const auto waited = context_.now - phase_since_;
  switch (phase_) {
    case Phase::kHandshake: return waited > context_.options.handshake_timeout_ms;
    case Phase::kIdle: return inflight_ == 0 && waited > context_.options.idle_timeout_ms;
    case Phase::kHead: return waited > context_.options.head_timeout_ms;
    case Phase::kBody:
    case Phase::kUpload: return waited > context_.options.body_timeout_ms;
  }
  return false;
}

bool Connection::write_is_stuck() const {
  if (!writing_) return false;
  const auto limit = context_.options.write_timeout_ms;
  const auto allowed = limit + seconds(outgoing_.size() / kWriteBytesPerSecondMin);
  return context_.now - write_progress_at_ > limit || context_.now - write_since_ > allowed;
}

}  // namespace gongji::gateway
