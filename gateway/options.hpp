// Options of the gateway, beside the code that uses them. config/ fills and checks them; the
// meaning, unit and range of each knob are in config/gateway.toml.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace gongji::gateway {

struct Endpoint {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0 = pick one
};

// PEM files; all "" = plain listeners.
struct TlsFiles {
  std::string certificate;  // of the gateway, with what leads to its authority
  std::string key;
  std::string client_ca;  // whose client certificates are taken; "" = none is asked for
};

struct GatewayOptions {
  Endpoint http{"127.0.0.1", 8080};
  Endpoint tcp{"127.0.0.1", 8090};
  TlsFiles tls;  // for both
  unsigned loop_threads = 1;

  std::size_t head_bytes_max = 8 * 1024;
  std::size_t head_fields_max = 64;
  std::size_t frame_bytes_max = 64 * 1024;    // HTTP bodies and TCP payloads
  std::size_t upload_bytes_max = 128u << 20;  // import and 9101 bodies over HTTP
  std::size_t connections_max = 10'000;
  std::chrono::milliseconds handshake_timeout_ms{5'000};
  std::chrono::milliseconds head_timeout_ms{5'000};
  std::chrono::milliseconds body_timeout_ms{10'000};
  std::chrono::milliseconds write_timeout_ms{10'000};
  std::chrono::milliseconds idle_timeout_ms{60'000};
  std::chrono::milliseconds deadline_ms{5'000};  // one message, from its first byte
  std::chrono::milliseconds slow_ms{
      1'000};  // above it the log tells where the time went; 0 = never

  unsigned inflight_max = 4096;                    // admission: whole process
  std::chrono::milliseconds wait_max_ms{100};      // admission: mean wait inside; 0 = not looked at
  unsigned connection_inflight_max = 64;           // admission: one connection
  unsigned institution_inflight_max = 2048;        // admission: one institution
  unsigned institution_inflight_shared_max = 128;  // the same while another one speaks
  unsigned institution_rate_per_s = 0;             // messages it may send; 0 = as many as it likes
  std::size_t nonces_max = 2'097'152;         // remembered at once (gateway/auth/replay_window.hpp)
  std::size_t signatures_waiting_max = 1024;  // SM2 signatures that wait to be verified
};

}  // namespace gongji::gateway
