// What the program counts, in its own words; only monitoring/ knows Prometheus. Every method is
// cheap (no lock, no lookup by text beyond a small fixed table), safe on any thread and never
// fails.
#pragma once

#include <cstdint>
#include <string_view>

#include "domain/money.hpp"
#include "domain/profile.hpp"
#include "domain/reason.hpp"

namespace gongji {

enum class TransactionOutcome : std::uint8_t { kApplied, kRefused, kReplayed, kUnknown };
enum class Stage : std::uint8_t { kParse, kRoute, kDecide, kCommit, kReply };
enum class Transport : std::uint8_t { kHttp, kTcp };
enum class PaidFrom : std::uint8_t { kOwn, kFamily, kCash };
enum class ShedCause : std::uint8_t {
  kGlobal,
  kConnection,
  kHousehold,
  kDeadline,
  kDiskFull,
  kDraining,
  kInstitution,  // too many of one institution inside
  kRate          // one institution sends too fast
};

class Metrics {
 public:
  virtual ~Metrics() = default;

  // A whole message, from its first byte to its last answer byte handed to the socket.
  virtual void transaction(std::string_view infno, TransactionOutcome outcome, double seconds) = 0;
  virtual void stage(Stage stage, double seconds) = 0;
  virtual void refusal(Reason reason) = 0;
  virtual void zero_share(Reason reason) = 0;
  virtual void paid(PaidFrom source, Channel channel, Fen amount) = 0;

  virtual void inflight(int change) = 0;
  virtual void shed(ShedCause cause) = 0;

  virtual void actors(int change) = 0;
  virtual void activation() = 0;
  virtual void passivation() = 0;
  virtual void mailbox_depth(
      std::uint64_t depth) = 0;  // exported as a maximum since the last scrape

  virtual void journal_commit(std::uint64_t records, double seconds) = 0;
  virtual void journal_sequence(std::uint64_t durable) = 0;
  virtual void journal_failure() = 0;
  virtual void ledger_imbalance(Fen amount) = 0;  // must stay 0

  virtual void connections(Transport transport, int change) = 0;
  virtual void frame(Transport transport) = 0;
  virtual void http_request(int status) = 0;
};

// Counts nothing; for tests and tools, which may override what they count.
class NoMetrics : public Metrics {
 public:
  void transaction(std::string_view, TransactionOutcome, double) override {}
  void stage(Stage, double) override {}
  void refusal(Reason) override {}
  void zero_share(Reason) override {}
  void paid(PaidFrom, Channel, Fen) override {}
  void inflight(int) override {}
  void shed(ShedCause) override {}
  void actors(int) override {}
  void activation() override {}
  void passivation() override {}
  void mailbox_depth(std::uint64_t) override {}
  void journal_commit(std::uint64_t, double) override {}
  void journal_sequence(std::uint64_t) override {}
  void journal_failure() override {}
  void ledger_imbalance(Fen) override {}
  void connections(Transport, int) override {}
  void frame(Transport) override {}
  void http_request(int) override {}
};

}  // namespace gongji
