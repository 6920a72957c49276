// The index in memory: maps, rebuilt from the journal at every opening. Snapshots are kept encoded,
// so that reading one back is exercised as it is on disk. Thread-safe.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <shared_mutex>
#include <string>
#include <unordered_map>

#include "stores/index_rules.hpp"
#include "stores/open_marks.hpp"
#include "stores/open_transfers.hpp"
#include "stores/paired_store.hpp"
#include "stores/posting_lists.hpp"

namespace gongji::stores {

class MemoryIndex final : public StoreIndex, private IndexSink {
 public:
  // `journal` must outlive it. Fails when the journal cannot be read.
  static Result<std::unique_ptr<MemoryIndex>, StoreError> open(const JournalStore& journal);

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
  [[nodiscard]] Result<Postings, StoreError> postings(const PostingList& list) const override;
  [[nodiscard]] Result<HouseholdImage, StoreError> load(HouseholdId household) const override;
  void save_snapshot(const HouseholdImage& image) override;
  [[nodiscard]] std::vector<OpenTransfer> open_transfers() const override;
  [[nodiscard]] HouseholdId next_household() const override;

 private:
  struct HouseholdEntry {
    Sequence newest;
    std::string snapshot;
  };

  explicit MemoryIndex(const JournalStore& journal) : journal_(journal) {}

  // IndexSink, with the lock held
  void key(const KeyHash& key, Sequence record) override;
  void enrolled(Sequence record, const PersonId& person) override;
  void person(const PersonId& person, HouseholdId lives_in) override;
  void newest(HouseholdId household, Sequence record) override;
  void transfer_opened(const OpenTransfer& transfer) override;
  void transfer_closed(HouseholdId from, Sequence departed) override;
  void mark_opened(MarkKind kind, Sequence at) override;
  void mark_closed(MarkKind kind, Sequence at) override;
  void posting(const PostingList& list, const RecordPosting& posting) override;
  void household_used(HouseholdId household) override;

  const JournalStore& journal_;
  mutable std::shared_mutex mutex_;  // guards all below
  Sequence indexed_;
  std::map<KeyHash, Sequence> keys_;
  std::unordered_map<Sequence, PersonId> enrolled_;
  std::map<PersonId, HouseholdId> persons_;
  std::unordered_map<HouseholdId, HouseholdEntry> households_;
  OpenTransfers transfers_;
  std::set<Mark> marks_;  // the open ones
  PostingLists postings_;
  HouseholdId next_household_{1};
};

}  // namespace gongji::stores
