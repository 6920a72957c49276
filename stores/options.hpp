// What a RocksDB store can be told. Filled by config/ from [store]; sizes in bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace gongji::stores {

struct StoreOptions {
  // Holds `journal/` (the truth), `index/` (derived, may be deleted while nobody runs) and `owner`
  // (the lock). Made when it is not there.
  std::string data_dir{};

  std::size_t journal_write_buffer_bytes = std::size_t{64} << 20;
  std::size_t index_write_buffer_bytes = std::size_t{64} << 20;  // each of its two large tables
  // What was read before, of both databases. Filters of old index files live here too: about 1.3
  // bytes for every key ever indexed keep look-ups off the disk.
  std::size_t block_cache_bytes = std::size_t{256} << 20;
  // What is remembered of all keys and persons ever indexed, a byte and a half for each, to know
  // without looking that one is new. What does not fit is looked up instead. 0 = nothing is.
  std::size_t known_keys_bytes_max = std::size_t{256} << 20;
  // Records between two flushes of the index: what a restart after a crash has to index again.
  std::uint64_t index_flush_records = 250'000;

  // While the store opens: records indexed again, of how many. Called now and then by the opening
  // thread.
  std::function<void(std::uint64_t done, std::uint64_t total)> on_recovery{};
  // Something an operator should read in the log; a sentence. Called by the opening thread.
  std::function<void(const std::string& sentence)> on_notice{};

  // False = append() returns before the disk has it, so a power cut loses acknowledged payments.
  // Only the negative control of the power-cut test does that.
  bool sync_for_tests_only = true;
};

}  // namespace gongji::stores
