// A journal that was read once, chain and all, and is held in memory: auditors go over it several
// times, and reading the bytes is the dearest part of a run.
#pragma once

#include <string>
#include <vector>

#include "ports/journal_store.hpp"

namespace gongji::simulation {

class HeldJournal final : public JournalStore {
 public:
  explicit HeldJournal(const JournalStore& journal);

  [[nodiscard]] const std::vector<RecordPtr>& records() const { return records_; }
  [[nodiscard]] const std::string& damage() const { return damage_; }  // "" = none

  Status<StoreError> append(Epoch epoch, std::span<const RecordPtr> records) override;
  Result<RecordPtr, StoreError> read(Sequence sequence) const override;
  Status<StoreError> scan(Sequence from,
                          const std::function<bool(const RecordPtr&)>& visit) const override;
  [[nodiscard]] JournalHead head() const override { return head_; }

 private:
  JournalHead head_;
  std::vector<RecordPtr> records_;
  std::string damage_;
};

}  // namespace gongji::simulation
