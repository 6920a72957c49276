// Knows of which keys and persons the index's tables can have heard, so that the usual question,
// for one that was never here, needs no table. What the tables hold when they are opened is learned
// in the background, a piece at a time; until then, and when there is no memory for it, every
// question goes to the tables.
//
// Any thread asks; entries are added before the tables have them, and who asks has looked among the
// recent entries first (rocks_index.hpp). Internal to this folder.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "domain/ids.hpp"
#include "stores/rocksdb/absence_filter.hpp"
#include "stores/rocksdb/index_database.hpp"
#include "stores/rocksdb/recent_entries.hpp"

namespace gongji::stores {

class KnownKeys {
 public:
  // Begins to learn at once. `bytes_max`: of memory, 0 = knows nothing. `database` outlives this.
  KnownKeys(const IndexDatabase& database, std::size_t bytes_max);
  ~KnownKeys();
  KnownKeys(const KnownKeys&) = delete;
  KnownKeys& operator=(const KnownKeys&) = delete;

  // True: no table has it. False: it may.
  [[nodiscard]] bool never_seen(const KeyHash& key) const;
  [[nodiscard]] bool never_seen(const PersonId& person) const;

  // Before the tables have them.
  void add(const RecentEntries& entries);

 private:
  void learn();
  bool learn_table(IndexTable table, const std::function<void(std::string_view)>& add);
  bool pause();
  void add(AbsenceFilter& filter, std::uint64_t hash);

  const IndexDatabase& database_;
  AbsenceFilter keys_;
  AbsenceFilter persons_;
  std::atomic<bool> learned_{false};
  std::atomic<bool> full_;  // something did not fit: what is missing is not known any more
  std::mutex mutex_;        // of the next
  bool stopping_ = false;
  std::condition_variable stopped_;
  std::thread learner_;
};

}  // namespace gongji::stores
