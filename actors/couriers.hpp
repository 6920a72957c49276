// Carries what the journal says is owed to outside parties: withdrawals to the tax authority
// (SX-33) and policies to the insurer (SH-26). Every open request is carried again until it is
// answered; the answer becomes a command like any other. Requests survive restarts as marks of the
// index.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "ports/clock.hpp"
#include "ports/counterparties.hpp"
#include "ports/record_service.hpp"
#include "ports/settlement_service.hpp"

namespace gongji::actors {

struct CourierOptions {
  std::chrono::milliseconds round_ms{500};      // between two looks at the open requests
  std::chrono::milliseconds repeat_ms{30'000};  // an unanswered request is carried again
  std::size_t batch = 256;                      // open requests read at once
};

class Couriers {
 public:
  // A party may be null: its requests then stay open for the agency to answer. Everything referred
  // to must outlive this object and the answers of the parties.
  Couriers(SettlementService& service, RecordService& records, const Clock& clock,
           TaxAuthority* tax, Insurer* insurer, CourierOptions options = {});
  ~Couriers();
  Couriers(const Couriers&) = delete;
  Couriers& operator=(const Couriers&) = delete;
  void stop();  // idempotent

 private:
  using Time = std::chrono::steady_clock::time_point;
  void run();
  void round(MarkKind kind, Sequence after);
  void carry(MarkKind kind, const JournalRecord& record);
  void hand_in(Sequence number, Command answer);
  bool due(Sequence request);

  SettlementService& service_;
  RecordService& records_;
  const Clock& clock_;
  TaxAuthority* tax_;
  Insurer* insurer_;
  const CourierOptions options_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::map<Sequence, Time> carried_;  // when last; guarded by mutex_
  bool stopping_ = false;             // guarded by mutex_
  std::thread thread_;
};

}  // namespace gongji::actors
