// What all connections of one server share. Loop thread only, except where a member says more.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "gateway/admission.hpp"
#include "gateway/asio.hpp"
#include "gateway/held_back.hpp"
#include "gateway/io_loop.hpp"
#include "gateway/options.hpp"
#include "gateway/session_gate.hpp"
#include "gateway/tls/tls_context.hpp"

namespace gongji::gateway {

class Connection;

// The open connections. Adding and removing cost the same however many there are.
class ConnectionSet {
 public:
  void add(std::shared_ptr<Connection> connection);
  void remove(Connection& connection);
  // Calls `visit` for each; a visit may remove the connection it is called for.
  template <class Visit>
  void for_each(Visit visit) {
    for (std::size_t index = connections_.size(); index-- > 0;) {
      const std::shared_ptr<Connection> connection = connections_[index];
      visit(*connection);
    }
  }

 private:
  std::vector<std::shared_ptr<Connection>> connections_;
};

struct TransportContext {
  const Transport transport;
  const GatewayOptions options;
  Metrics& metrics;
  std::shared_ptr<LoopMailbox> mailbox;
  std::shared_ptr<Admission> admission;
  std::shared_ptr<SessionGate> gate;
  std::shared_ptr<const tls::TlsSource> tls;  // null: plain
  ConnectionSet connections;
  HeldBack held_back;
  Moment now;                 // as of the last sweep: good enough for limits of seconds
  bool sending_away = false;  // answers end their connection; everything is still served
  bool draining = false;      // nothing new is taken
};

}  // namespace gongji::gateway
