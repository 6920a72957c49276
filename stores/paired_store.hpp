// A journal and the index over it, presented as one store with all ports. Owns both; the index is
// closed first because it reads the journal.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "ports/journal_index.hpp"
#include "ports/journal_store.hpp"
#include "ports/posting_index.hpp"

namespace gongji::stores {

// What every store here derives from its journal.
class StoreIndex : public JournalIndex, public PostingIndex {};

class PairedStore : public JournalStore, public JournalIndex, public PostingIndex {
 public:
  PairedStore(std::unique_ptr<JournalStore> journal, std::unique_ptr<StoreIndex> index)
      : journal_(std::move(journal)), index_(std::move(index)) {}

  Status<StoreError> append(Epoch epoch, std::span<const RecordPtr> records) override {
    return journal_->append(epoch, records);
  }
  Result<RecordPtr, StoreError> read(Sequence sequence) const override {
    return journal_->read(sequence);
  }
  Status<StoreError> scan(Sequence from,
                          const std::function<bool(const RecordPtr&)>& visit) const override {
    return journal_->scan(from, visit);
  }
  [[nodiscard]] JournalHead head() const override { return journal_->head(); }

  Status<StoreError> index(std::span<const RecordPtr> records) override {
    return index_->index(records);
  }
  [[nodiscard]] Result<std::optional<Sequence>, StoreError> find_key(
      const KeyHash& key) const override {
    return index_->find_key(key);
  }
  [[nodiscard]] Result<std::optional<PersonId>, StoreError> find_enrolled(
      const KeyHash& key) const override {
    return index_->find_enrolled(key);
  }
  [[nodiscard]] Result<std::optional<HouseholdId>, StoreError> find_person(
      const PersonId& person) const override {
    return index_->find_person(person);
  }
  [[nodiscard]] Result<std::optional<Sequence>, StoreError> find_newest(
      HouseholdId household) const override {
    return index_->find_newest(household);
  }
  [[nodiscard]] Result<std::vector<Sequence>, StoreError> marked(MarkKind kind, Sequence after,
                                                                 std::size_t limit) const override {
    return index_->marked(kind, after, limit);
  }
  [[nodiscard]] Result<std::vector<PersonId>, StoreError> persons_after(
      const PersonId& after, std::size_t limit) const override {
    return index_->persons_after(after, limit);
  }
  [[nodiscard]] Result<Postings, StoreError> postings(const PostingList& list) const override {
    return index_->postings(list);
  }
  [[nodiscard]] std::uint64_t persons_estimate() const override {
    return index_->persons_estimate();
  }
  [[nodiscard]] Result<HouseholdImage, StoreError> load(HouseholdId household) const override {
    return index_->load(household);
  }
  void save_snapshot(const HouseholdImage& image) override { index_->save_snapshot(image); }
  [[nodiscard]] std::vector<OpenTransfer> open_transfers() const override {
    return index_->open_transfers();
  }
  [[nodiscard]] HouseholdId next_household() const override { return index_->next_household(); }

 private:
  std::unique_ptr<JournalStore> journal_;
  std::unique_ptr<StoreIndex> index_;
};

}  // namespace gongji::stores
