#include "monitoring/ledger_watch.hpp"

#include <algorithm>
#include <utility>

#include "ports/background_thread.hpp"

namespace gongji::monitoring {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr std::size_t kNotedMax = 200'000;  // records kept from memory before it reads instead
constexpr std::uint64_t kReadBetweenPauses = 2'000;
constexpr int kPausesPerWork = 3;  // sleeps three times as long as it worked: a quarter of a core
constexpr auto kIdlePause = 100ms;
// While records come, it looks at them soon: what it holds on to is memory that the next message
// would otherwise find in the processor's cache.
constexpr auto kBusyPause = 5ms;
static_assert(kBusyPause.count() > 0, "or it never sleeps");
constexpr auto kPauseAfterFailure = 5s;

std::int64_t unix_now_s() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

LedgerPart first_part(std::uint64_t accounts) {
  return {0, accounts / LedgerWatch::kAccountsMax + 1};
}

}  // namespace

LedgerWatch::LedgerWatch(const JournalStore& journal, std::uint64_t accounts, Say say)
    : journal_(journal), say_(std::move(say)), part_(first_part(accounts)) {
  accounts_.emplace(part_);
  durable_ = journal_.head().durable.number();
  thread_ = std::thread{[this] { run(); }};
}

LedgerWatch::~LedgerWatch() { stop(); }

void LedgerWatch::stop() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void LedgerWatch::note(const std::vector<RecordPtr>& records) {
  durable_ = records.back()->sequence.number();
  const std::lock_guard lock{mutex_};
  if (!noting_) return;  // it reads, and will come to these
  if (noted_.size() + records.size() > kNotedMax) {
    noting_ = live_ = false;
    noted_.clear();
  } else {
    noted_.insert(noted_.end(), records.begin(), records.end());
  }
}

LedgerFigures LedgerWatch::figures() const {
  const std::uint64_t looked_at = looked_at_;
  const std::uint64_t durable = durable_;
  const std::lock_guard lock{mutex_};
  return {imbalance_fen_, records_,        durable > looked_at ? durable - looked_at : 0,
          failures_,      last_success_s_, live_};
}

// False when the watch is to stop.
bool LedgerWatch::pause(Steady::duration time) {
  std::unique_lock lock{mutex_};
  wake_.wait_for(lock, time, [this] { return stopping_; });
  return !stopping_;
}

void LedgerWatch::run() {
  step_back("ledger-watch");
  do {
    if (!follow()) read_through();
  } while (pause(next_pause()));
}

Steady::duration LedgerWatch::next_pause() const {
  if (failures_ > 0) return kPauseAfterFailure;
  return busy_ ? kBusyPause : kIdlePause;
}

// Works off what was noted, part of which was read meanwhile; false when it must read.
bool LedgerWatch::follow() {
  const std::vector<RecordPtr> records = take_noted();
  busy_ = !records.empty();
  for (const RecordPtr& record : records)
    if (record->sequence > last_) look_at(*record);
  const std::lock_guard lock{mutex_};
  if (live_ && noted_.empty()) caught_up();
  return live_;
}

std::vector<RecordPtr> LedgerWatch::take_noted() {
  const std::lock_guard lock{mutex_};
  return live_ ? std::exchange(noted_, {}) : std::vector<RecordPtr>{};
}

// What becomes durable from here on is kept; what was durable before is in the store, where the
// reading that follows finds it. So nothing falls between the two, however fast records come.
void LedgerWatch::begin_noting() {
  const std::lock_guard lock{mutex_};
  noting_ = part_.parts == 1;
  noted_.clear();
}

// From the record after the last one looked at to the journal's head, then from memory on; with
// several parts the next part starts from the first record again.
void LedgerWatch::read_through() {
  begin_noting();
  auto began = Steady::now();
  std::uint64_t since_pause = 0;
  bool stopped = false;
  const auto read = journal_.scan(last_.next(), [&](const RecordPtr& record) {
    look_at(*record);
    if (++since_pause < kReadBetweenPauses) return true;
    since_pause = 0;
    stopped = !pause((Steady::now() - began) * kPausesPerWork);
    began = Steady::now();
    return !stopped;
  });
  if (stopped) return;
  if (!read) {
    if (failures_++ == 0) say_.alarm("the journal cannot be read through: " + read.error().message);
    return;
  }
  if (part_.parts > 1) return next_part();
  const std::lock_guard lock{mutex_};
  live_ = noting_;
}

void LedgerWatch::next_part() {
  part_.part = (part_.part + 1) % part_.parts;
  if (part_.part == 0) caught_up();
  accounts_.emplace(part_);
  last_ = {};
}

void LedgerWatch::look_at(const JournalRecord& record) {
  const Fen off = accounts_->post(record);
  last_ = record.sequence;
  looked_at_ = record.sequence.number();
  ++records_;
  if (off.is_zero()) return;
  imbalance_fen_ += off.count();
  say_.alarm("record " + std::to_string(record.sequence.number()) + " is off by " +
             std::to_string(off.count()) + " fen");
}

void LedgerWatch::caught_up() { last_success_s_ = unix_now_s(); }

}  // namespace gongji::monitoring
