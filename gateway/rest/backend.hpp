// What the handlers of /v1 work with: the ports, the knobs, and the keys that are running. One for
// the whole interface; safe on every loop thread.
#pragma once

#include <chrono>

#include "gateway/certificate/check_code.hpp"
#include "gateway/rest/job_keys.hpp"
#include "gateway/rest/running_keys.hpp"
#include "gateway/side_thread.hpp"
#include "ports/bulk_service.hpp"
#include "ports/clock.hpp"
#include "ports/institutions.hpp"
#include "ports/metrics.hpp"
#include "ports/record_service.hpp"
#include "ports/roll_service.hpp"
#include "ports/settlement_service.hpp"

namespace gongji::gateway::rest {

struct RestOptions {
  std::chrono::milliseconds deadline_ms{5'000};  // one request, or one line of an import
  std::chrono::milliseconds slow_ms{1'000};      // told in the log (gateway/message_log.hpp)
  unsigned import_window = 4096;                 // lines of one import in flight at once
  int retry_after_s = 1;
  std::chrono::milliseconds feed_wait_ms_max{30'000};  // how long a long poll may wait
  // With which the check codes of certificates are made: the same key, the same codes.
  certificate::CertificateKey certificate_key{};
};

// All outlive the interface and every ticket it gave away.
struct RestPorts {
  SettlementService& service;
  BulkService& bulk;
  RecordService& records;
  RollService& rolls;
  const PolicySource& policies;
  const Clock& clock;
  Metrics& metrics;
};

// Certificates that may wait to be drawn: about a second of drawing.
constexpr std::size_t kDrawingsMax = 32;

struct Backend {
  RestPorts ports;
  RestOptions options;
  RunningKeys running = {};
  JobKeys jobs = {};
  SideThread drawing{kDrawingsMax};
};

}  // namespace gongji::gateway::rest
