#include "stores/rocksdb/open_journal.hpp"

#include <filesystem>
#include <system_error>

#include "stores/journal_reading.hpp"
#include "stores/rocksdb/group_iterator.hpp"
#include "stores/rocksdb/log_tail.hpp"
#include "stores/rocksdb/piecewise_deletion.hpp"
#include "stores/rocksdb/rocks_errors.hpp"

namespace gongji::stores {
namespace {

using rocksdb::WALRecoveryMode;

StoreError cannot_open(const std::string& directory, const rocksdb::Status& status) {
  return rocks_error("cannot open the journal in " + directory, status);
}

// Opening writes the logs' groups to files of their own, compressed to a third or a quarter as a
// rule.
constexpr std::uintmax_t kLogBytesPerByteWritten = 2;
constexpr std::uintmax_t kOtherBytesWritten = std::uintmax_t{1} << 20;

std::uintmax_t bytes_of_logs(const std::string& directory) {
  std::uintmax_t bytes = 0;
  std::error_code failed;
  for (std::filesystem::directory_iterator at{directory, failed}, end; !failed && at != end;
       at.increment(failed))
    if (at->path().extension() == ".log" && at->is_regular_file(failed))
      if (const auto length = at->file_size(failed); !failed) bytes += length;
  return bytes;
}

// RocksDB meets the end of the disk in the middle of opening with a failed assertion, which tells
// nobody what to do.
Status<StoreError> room_to_open(const std::string& directory) {
  const std::uintmax_t needed =
      bytes_of_logs(directory) / kLogBytesPerByteWritten + kOtherBytesWritten;
  std::error_code failed;
  const auto space = std::filesystem::space(directory, failed);
  if (failed || space.available >= needed) return Done{};
  return StoreError{"cannot open the journal in " + directory +
                    ": No space left on device: it may write " + std::to_string(needed) +
                    " bytes before it serves, and " + std::to_string(space.available) +
                    " are free. Make room; nothing is lost"};
}

rocksdb::Status open_read_only(const std::string& directory, const rocksdb::Options& tuning,
                               Database& database) {
  rocksdb::DB* opened = nullptr;
  const auto status = rocksdb::DB::OpenForReadOnly(tuning, directory, &opened);
  database.reset(opened);
  return status;
}

rocksdb::Status open(const std::string& directory, rocksdb::Options tuning, WALRecoveryMode mode,
                     Database& database) {
  tuning.create_if_missing = true;
  tuning.wal_recovery_mode = mode;
  tuning.sst_file_manager = piecewise_deletion();
  rocksdb::DB* opened = nullptr;
  const auto status = rocksdb::DB::Open(tuning, directory, &opened);
  database.reset(opened);
  return status;
}

// The logs do not read to their end: is only a group missing that nobody was told of?
Status<StoreError> only_the_tail_is_torn(const std::string& directory,
                                         const rocksdb::Options& tuning) {
  Database database;
  if (const auto status = open_read_only(directory, tuning, database); !status.ok())
    return cannot_open(directory, status);
  GroupIterator cursor{*database, scanning()};
  const auto head = read_head(cursor);
  if (!head) return head.error();
  if (!logs_go_beyond(directory, head->durable)) return Done{};
  return StoreError{"the journal in " + directory + " is damaged after record " +
                    std::to_string(head->durable.number()) +
                    ": acknowledged records lie behind the damage. Nothing was changed; bring the "
                    "directory back from a copy"};
}

}  // namespace

Result<Database, StoreError> open_journal_database(const std::string& directory,
                                                   rocksdb::Options tuning, const Notice& notice) {
  if (auto room = room_to_open(directory); !room) return std::move(room).error();
  Database database;
  auto status = open(directory, tuning, WALRecoveryMode::kAbsoluteConsistency, database);
  if (status.ok()) return database;
  if (!status.IsCorruption()) return cannot_open(directory, status);
  if (auto torn = only_the_tail_is_torn(directory, tuning); !torn) return std::move(torn).error();
  if (notice)
    notice("the journal in " + directory +
           " ends in a group that was cut off while being written; it was never acknowledged and "
           "is dropped (" +
           status.ToString() + ")");
  status = open(directory, tuning, WALRecoveryMode::kPointInTimeRecovery, database);
  if (!status.ok()) return cannot_open(directory, status);
  return database;
}

Result<Database, StoreError> open_journal_database_read_only(const std::string& directory,
                                                             rocksdb::Options tuning) {
  Database database;
  if (const auto status = open_read_only(directory, tuning, database); !status.ok())
    return cannot_open(directory, status);
  return database;
}

}  // namespace gongji::stores
