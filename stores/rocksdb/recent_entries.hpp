// Index entries of recent records, in memory. RocksDB takes some 20 times longer for a random key
// than this table does, and far less for a long run of sorted ones; so entries gather here and go
// to RocksDB by the hundred thousand, off the journal's thread. Nothing is lost with them: the
// journal has it all, and the marker on disk says where to start indexing again.
//
// Internal to this folder. Not thread-safe while it is filled; any thread once it is const.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "domain/record.hpp"
#include "stores/index_rules.hpp"
#include "stores/open_marks.hpp"
#include "stores/posting_lists.hpp"
#include "stores/rocksdb/flat_table.hpp"
#include "stores/rocksdb/index_database.hpp"
#include "stores/rocksdb/index_summary.hpp"

namespace gongji::stores {

class RecentEntries final : private IndexSink {
 public:
  // Continues `summary`; has room for about `expected` records.
  RecentEntries(IndexSummary summary, std::size_t expected);

  // For one that is made before its time: it takes its memory at once, and learns later where it
  // begins. Both only while it is empty.
  void touch_memory();
  void begin_after(IndexSummary summary) { summary_ = std::move(summary); }

  void add(const JournalRecord& record);

  [[nodiscard]] std::uint64_t records() const { return records_; }
  [[nodiscard]] const IndexSummary& summary() const { return summary_; }
  [[nodiscard]] std::optional<Sequence> find_key(const KeyHash& key) const;
  // Nobody: the record is another one, or enrolled nobody.
  [[nodiscard]] std::optional<PersonId> find_enrolled(Sequence record) const;
  [[nodiscard]] std::optional<HouseholdId> find_person(const PersonId& person) const;
  [[nodiscard]] std::optional<Sequence> find_newest(HouseholdId household) const;

  template <class Visit>
  void each_key(const Visit& visit) const {
    keys_.each([&visit](const auto& entry) { visit(entry.key); });
  }
  template <class Visit>
  void each_person(const Visit& visit) const {
    for (const auto& [person, household] : persons_) visit(person);
  }

  // Adds the first of its persons after `after`, at most `limit`.
  void add_persons(const PersonId& after, std::size_t limit, std::set<PersonId>& to) const;
  [[nodiscard]] std::size_t persons() const { return persons_.size(); }
  void add_marks(OpenMarks& to) const;
  [[nodiscard]] const PostingLists& postings() const { return postings_; }

  // All entries, then the marker, then a flush of everything to the disk.
  Status<StoreError> write_to(IndexDatabase& database) const;

 private:
  Status<StoreError> write_keys(IndexDatabase& database) const;
  Status<StoreError> write_heads(IndexDatabase& database) const;
  Status<StoreError> write_marks(IndexDatabase& database) const;
  Status<StoreError> write_postings(IndexDatabase& database) const;
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

  FlatTable<KeyHash> keys_;
  FlatTable<HouseholdId> heads_;
  std::vector<std::pair<Sequence, PersonId>> enrolled_;  // in the order of the journal
  std::map<PersonId, HouseholdId> persons_;              // settlements add none
  std::set<Mark> opened_;                                // and still open
  std::set<Mark> closed_;                                // whether the database has them or not
  PostingLists postings_;
  IndexSummary summary_;
  std::uint64_t records_ = 0;
};

}  // namespace gongji::stores
