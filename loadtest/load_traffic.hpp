// The load of one worker thread: takes calls from the profile, writes them, reads the answers,
// counts them by the second and keeps the ledger.
#pragma once

#include <memory>

#include "loadtest/disk_watch.hpp"
#include "loadtest/envelope.hpp"
#include "loadtest/ledger.hpp"
#include "loadtest/premium.hpp"
#include "loadtest/profiles.hpp"
#include "loadtest/random.hpp"
#include "loadtest/tally.hpp"
#include "loadtest/traffic.hpp"

namespace gongji::loadtest {

struct LoadTrafficOptions {
  ProfileName profile = ProfileName::kUniform;
  double zipf_skew = 0.99;
  Population population;
  Sender sender;
  std::uint64_t seed = 1;
  std::uint64_t first_number = 1;  // messages are numbered first, first + step, …
  std::uint64_t number_step = 1;
  std::uint64_t audit_sample_max = 0;
  std::string token = {};  // deadline-day: an agency's, and the year of the premiums
  int premium_year = 0;
  const DiskWatch* disk = nullptr;  // outlives the traffic
};

class LoadTraffic final : public Traffic {
 public:
  LoadTraffic(const LoadTrafficOptions& options, Recorder& recorder);

  void start(TimePoint at);
  bool next(PendingCall& call, OutgoingMessage& message) override;
  void answered(const PendingCall& call, const IncomingAnswer& answer, TimePoint now) override;
  void lost(const PendingCall& call, TimePoint now) override;
  void tick(TimePoint now) override;
  void transferred(std::size_t sent, std::size_t received) override;
  // Delivers the second that is not over yet.
  void finish(TimePoint now);

  [[nodiscard]] Ledger& ledger() { return ledger_; }
  [[nodiscard]] TimePoint started_at() const { return start_; }
  [[nodiscard]] TimePoint last_answer_at() const { return last_answer_; }

 private:
  void close_seconds(TimePoint now);
  void write(const Call& wanted, const PendingCall& call, OutgoingMessage& message);
  void keep(const PendingCall& call, std::string_view body);
  void note_latency(KindTally& tally, const PendingCall& call, TimePoint now);

  std::unique_ptr<Profile> profile_;
  Envelopes envelopes_;
  PremiumOrders premiums_;
  std::string premium_key_;
  Random random_;
  Ledger ledger_;
  Recorder& recorder_;
  const DiskWatch* disk_;
  Slice slice_;
  TimePoint start_;
  TimePoint last_answer_;
  std::uint64_t next_number_;
  std::uint64_t number_step_;
};

}  // namespace gongji::loadtest
