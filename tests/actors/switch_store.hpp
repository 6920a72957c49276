// The memory store with switches: holds appends so that requests stay in flight, fails them, cuts
// the power between two records, refuses to read a household. Counts what tests want to know.
// Thread-safe; switches may be turned while it works.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <set>

#include "ports/journal_index.hpp"
#include "ports/journal_store.hpp"
#include "stores/memory/memory_index.hpp"
#include "stores/memory/memory_journal.hpp"

namespace gongji::actors::test {

class SwitchStore final : public JournalStore, public JournalIndex {
 public:
  explicit SwitchStore(std::shared_ptr<stores::MemoryDisk> disk);

  // Appends wait from now on. wait_until_held() returns once one does; throws after a long time.
  void hold();
  void wait_until_held();
  void release();
  // What is written and answered is not indexed until false is said.
  void hold_indexing(bool hold);
  // The n-th append from now (1 = the next) writes nothing and reports an error.
  void fail_append(unsigned nth);
  // After `records` more records the power is gone: nothing more is written, not even the rest of
  // a group, and every append reports an error.
  void cut_power_after(std::uint64_t records);
  void fail_indexing(bool fail) { index_fails_ = fail; }
  void refuse_to_load(HouseholdId household, bool refuse = true);
  // Loading it waits from now on, or would wait, until it is taken from there. wait_until_read()
  // returns once somebody waits; throws after a long time.
  void put_on_disk(HouseholdId household);
  void wait_until_read();
  void take_from_disk();

  // What is on the disk; moves only when an append returns.
  [[nodiscard]] Sequence durable() const { return Sequence{durable_.load()}; }
  [[nodiscard]] std::uint64_t reads() const { return reads_; }
  [[nodiscard]] std::uint64_t snapshots() const { return snapshots_; }
  [[nodiscard]] std::uint64_t loads() const { return loads_; }
  [[nodiscard]] std::uint64_t appends() const { return appends_; }

  Status<StoreError> append(Epoch epoch, std::span<const RecordPtr> records) override;
  Result<RecordPtr, StoreError> read(Sequence sequence) const override;
  Status<StoreError> scan(Sequence from,
                          const std::function<bool(const RecordPtr&)>& visit) const override;
  [[nodiscard]] JournalHead head() const override;

  Status<StoreError> index(std::span<const RecordPtr> records) override;
  [[nodiscard]] Result<std::optional<Sequence>, StoreError> find_key(
      const KeyHash& key) const override;
  [[nodiscard]] Result<std::optional<PersonId>, StoreError> find_enrolled(
      const KeyHash& key) const override;
  [[nodiscard]] Result<std::optional<HouseholdId>, StoreError> find_person(
      const PersonId& person) const override;
  [[nodiscard]] Result<std::optional<Sequence>, StoreError> find_newest(
      HouseholdId household) const override;
  [[nodiscard]] Result<std::vector<Sequence>, StoreError> marked(MarkKind kind, Sequence after,
                                                                 std::size_t limit) const override;
  [[nodiscard]] Result<std::vector<PersonId>, StoreError> persons_after(
      const PersonId& after, std::size_t limit) const override;
  [[nodiscard]] std::uint64_t persons_estimate() const override;
  [[nodiscard]] Result<HouseholdImage, StoreError> load(HouseholdId household) const override;
  void save_snapshot(const HouseholdImage& image) override;
  [[nodiscard]] std::vector<OpenTransfer> open_transfers() const override;
  [[nodiscard]] HouseholdId next_household() const override;

 private:
  void wait_until(const bool& turned, const char* otherwise);
  bool pass_switches();
  [[nodiscard]] Status<StoreError> pass_disk(HouseholdId household) const;
  Status<StoreError> write(Epoch epoch, std::span<const RecordPtr> records);

  std::unique_ptr<stores::MemoryJournal> journal_;
  std::unique_ptr<stores::MemoryIndex> index_;

  mutable std::mutex mutex_;  // guards the switches
  mutable std::condition_variable turned_;
  bool holding_ = false;
  bool held_ = false;
  unsigned fail_in_ = 0;
  std::uint64_t power_for_ = std::numeric_limits<std::uint64_t>::max();
  std::set<HouseholdId> unreadable_;
  HouseholdId on_disk_;
  mutable bool read_ = false;  // somebody waits for the one on the disk

  std::atomic<bool> index_fails_{false};
  std::atomic<bool> index_held_{false};
  std::atomic<std::uint64_t> durable_{0};
  mutable std::atomic<std::uint64_t> reads_{0};
  mutable std::atomic<std::uint64_t> loads_{0};
  std::atomic<std::uint64_t> snapshots_{0};
  std::atomic<std::uint64_t> appends_{0};
};

}  // namespace gongji::actors::test
