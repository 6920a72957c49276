// One accepted socket, whatever it speaks: reads into one buffer, writes what gathered meanwhile as
// one piece, keeps the time limits, and ends politely. gateway/http and gateway/tcp derive from it
// and take their messages off the buffer.
//
// Loop thread only. Owned by its server's ConnectionSet and by the operations that are under way;
// answer slots reach it through SlotAnchor and never keep it alive.
#pragma once

#include <boost/beast/core/flat_buffer.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/admission.hpp"
#include "gateway/exchange.hpp"
#include "gateway/session_slot.hpp"
#include "gateway/tls/tls_channel.hpp"
#include "gateway/transport_context.hpp"

namespace gongji::gateway {

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Socket socket, TransportContext& context);
  virtual ~Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start();
  void sweep();        // closes when a time limit has passed
  void hear_again();   // reads on when it was held back (held_back.hpp)
  void begin_drain();  // closes when nothing is in flight, else after the last answer
  void close();        // now; answers still to come are dropped

  // From the slots. `message` is the number the session gave when it made the slot.
  virtual void answer(std::uint64_t message, Answer answer, AdmissionToken token) = 0;
  virtual void abandon(std::uint64_t message, AdmissionToken token) = 0;

 protected:
  // What the sender is in the middle of; each phase has its limit in the options. An upload's body
  // is limited by inactivity, any other body as a whole.
  enum class Phase : std::uint8_t { kHandshake, kIdle, kHead, kBody, kUpload };

  // Takes every whole message off input(), as long as may_take().
  virtual void take_messages() = 0;

  [[nodiscard]] std::string_view input() const;
  void consume(std::size_t bytes) { input_.consume(bytes); }
  void begin_phase(Phase phase);
  [[nodiscard]] Phase phase() const { return phase_; }
  [[nodiscard]] Moment last_read_at() const { return last_read_at_; }
  [[nodiscard]] bool may_take() const;

  // A message counts as in flight from here until the answer that ended it has been written.
  void begin_message() { ++inflight_; }
  // Their answers stand in output().
  void end_messages(unsigned count, AdmissionToken tokens);
  // The connection ends before their answers; nothing will be said.
  void forget_messages(unsigned count) { inflight_ -= count; }

  [[nodiscard]] std::string& output() { return output_; }
  void flush_soon();                         // for answers that come from outside take_messages()
  void end_input() { input_ended_ = true; }  // takes nothing more; closes after the last answer

  [[nodiscard]] TransportContext& context() { return context_; }
  [[nodiscard]] const TransportContext& context() const { return context_; }
  [[nodiscard]] Admission& admission() { return *context_.admission; }
  [[nodiscard]] const std::shared_ptr<SlotAnchor>& anchor() const { return anchor_; }
  [[nodiscard]] const std::shared_ptr<Caller>& caller() const { return caller_; }

 private:
  friend class ConnectionSet;

  void proceed();
  void read_some();
  void on_read(error_code failure, std::size_t bytes);
  void decrypt(std::size_t bytes);
  void encrypt();
  void take();
  bool flush();
  bool write_now();
  void write_when_possible();
  void on_write(error_code failure, std::size_t bytes);
  void end_batch();
  void go_on();
  void take_waiting();
  void hold_back();
  [[nodiscard]] asio::const_buffer unwritten() const;
  void finish();
  [[nodiscard]] bool has_room() const;
  [[nodiscard]] bool quiet() const;
  [[nodiscard]] bool sender_is_late() const;
  [[nodiscard]] bool write_is_stuck() const;

  Socket socket_;
  TransportContext& context_;
  std::shared_ptr<SlotAnchor> anchor_;
  std::shared_ptr<Caller> caller_;
  std::size_t index_ = 0;  // in the ConnectionSet

  std::unique_ptr<tls::TlsChannel> tls_;  // null: plain
  boost::beast::flat_buffer encrypted_;   // with TLS, what was read off the socket

  boost::beast::flat_buffer input_;
  std::size_t read_bytes_;
  Moment last_read_at_;
  Phase phase_;
  Moment phase_since_;

  std::string output_;    // gathers
  std::string outgoing_;  // is being written
  std::size_t written_ = 0;
  Moment write_since_;
  Moment write_progress_at_;
  unsigned inflight_ = 0;
  unsigned output_messages_ = 0;
  unsigned outgoing_messages_ = 0;
  AdmissionToken output_tokens_;
  AdmissionToken outgoing_tokens_;

  bool reading_ = false;
  bool writing_ = false;
  bool taking_ = false;
  bool flush_posted_ = false;
  bool input_ended_ = false;
  bool peer_ended_ = false;
  bool lingering_ = false;
  bool held_back_ = false;  // and among those of the context
  bool closed_ = false;
};

}  // namespace gongji::gateway
