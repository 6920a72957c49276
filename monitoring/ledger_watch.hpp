// The running audit: follows the journal behind its writer and keeps every account a second time
// (monitoring/ledger_accounts.hpp). After a start it reads the journal from its first record, at a
// quarter of one processor at most, chain of hashes included; then it takes the records as they
// become durable, from memory. When they come faster than it keeps up with, it falls back to
// reading. A store with more accounts than kAccountsMax is read again and again, one part after the
// other.
//
// `gongjictl audit` checks far more; this one is always on.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "monitoring/ledger_accounts.hpp"
#include "ports/journal_store.hpp"

namespace gongji::monitoring {

struct LedgerFigures {
  std::int64_t imbalance_fen = 0;   // found since the start, without signs; must be 0
  std::uint64_t records = 0;        // looked at
  std::uint64_t lag_records = 0;    // durable, not yet looked at
  std::uint64_t failures = 0;       // times the journal could not be read through
  std::int64_t last_success_s = 0;  // Unix time at which everything durable had been looked at
  bool live = false;                // follows from memory
};

class LedgerWatch {
 public:
  static constexpr std::uint64_t kAccountsMax = 2'000'000;  // 128 MB
  // One line for the log, on the watch's own thread.
  struct Say {
    std::function<void(const std::string& sentence)> alarm;
  };

  // `journal` outlives the watch. `accounts` = about how many there are.
  LedgerWatch(const JournalStore& journal, std::uint64_t accounts, Say say);
  ~LedgerWatch();
  LedgerWatch(const LedgerWatch&) = delete;
  LedgerWatch& operator=(const LedgerWatch&) = delete;

  // The journal writer, after each durable group; never blocks on the watch.
  void note(const std::vector<RecordPtr>& records);
  void stop();                                  // idempotent
  [[nodiscard]] LedgerFigures figures() const;  // any thread

 private:
  void run();
  bool follow();
  void read_through();
  void look_at(const JournalRecord& record);
  void caught_up();
  void begin_noting();
  void next_part();
  [[nodiscard]] std::vector<RecordPtr> take_noted();
  bool pause(std::chrono::steady_clock::duration time);
  [[nodiscard]] std::chrono::steady_clock::duration next_pause() const;

  const JournalStore& journal_;
  const Say say_;
  LedgerPart part_;
  std::optional<LedgerAccounts> accounts_;  // own thread only
  Sequence last_;                           // own thread only
  bool busy_ = false;                       // own thread only: records came since the last pause

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<RecordPtr> noted_;  // guarded by mutex_
  bool noting_ = false;           // guarded by mutex_: what becomes durable is kept in noted_
  bool live_ = false;             // guarded by mutex_: nothing lies between last_ and noted_
  bool stopping_ = false;         // guarded by mutex_
  std::atomic<std::uint64_t> looked_at_{0};
  std::atomic<std::uint64_t> durable_{0};
  std::atomic<std::uint64_t> records_{0};
  std::atomic<std::uint64_t> failures_{0};
  std::atomic<std::int64_t> imbalance_fen_{0};
  std::atomic<std::int64_t> last_success_s_{0};
  std::thread thread_;
};

}  // namespace gongji::monitoring
