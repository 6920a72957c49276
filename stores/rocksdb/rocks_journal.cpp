#include "stores/rocksdb/rocks_journal.hpp"

#include <rocksdb/utilities/checkpoint.h>

#include <algorithm>

#include "stores/append_rules.hpp"
#include "stores/codec/frame.hpp"
#include "stores/journal_reading.hpp"
#include "stores/rocksdb/directories.hpp"
#include "stores/rocksdb/group_iterator.hpp"
#include "stores/rocksdb/journal_keys.hpp"
#include "stores/rocksdb/reading.hpp"
#include "stores/rocksdb/rocks_errors.hpp"
#include "stores/rocksdb/tuning.hpp"

namespace gongji::stores {
namespace {

// A record is read with its whole group, so a group stays small however many are synced at once:
// some 8 KB.
constexpr std::size_t kGroupRecordsMax = 16;

rocksdb::WriteOptions write_options(bool sync) {
  rocksdb::WriteOptions options;
  options.sync = sync;
  return options;
}

Result<Epoch, StoreError> last_epoch(rocksdb::DB& database) {
  std::string value;
  const auto status = database.Get({}, std::string{kEpochKey}, &value);
  if (status.IsNotFound()) return Epoch{};
  if (!status.ok()) return rocks_error("journal, reading the epoch", status);
  const auto number = number_in(value);
  if (!number) return StoreError{"journal: the stored epoch is not a number of 8 bytes"};
  return Epoch{*number};
}

}  // namespace

std::string journal_directory(const std::string& data_dir) { return data_dir + "/journal"; }

Result<std::unique_ptr<RocksJournal>, StoreError> RocksJournal::open(
    const StoreOptions& options, const std::shared_ptr<rocksdb::Cache>& cache) {
  const std::string directory = journal_directory(options.data_dir);
  if (auto made = make_directory(directory); !made) return std::move(made).error();
  auto lock = DirectoryLock::exclusive(options.data_dir);
  if (!lock) return std::move(lock).error();
  auto database =
      open_journal_database(directory, journal_tuning(options, cache), options.on_notice);
  if (!database) return std::move(database).error();
  std::unique_ptr<RocksJournal> journal{
      new RocksJournal{directory, std::move(lock).value(), std::move(database).value(),
                       Access::kOwner, options.sync_for_tests_only}};
  if (auto read = journal->read_where_it_ends(); !read) return std::move(read).error();
  if (auto taken = journal->raise_epoch(1); !taken) return std::move(taken).error();
  return journal;
}

Result<std::unique_ptr<RocksJournal>, StoreError> RocksJournal::open_read_only(
    const std::string& data_dir) {
  const std::string directory = journal_directory(data_dir);
  auto lock = DirectoryLock::shared(data_dir);
  if (!lock) return std::move(lock).error();
  auto database = open_journal_database_read_only(directory, journal_tuning({}, nullptr));
  if (!database) return std::move(database).error();
  std::unique_ptr<RocksJournal> journal{new RocksJournal{
      directory, std::move(lock).value(), std::move(database).value(), Access::kReader, false}};
  if (auto read = journal->read_where_it_ends(); !read) return std::move(read).error();
  return journal;
}

RocksJournal::RocksJournal(std::string directory, DirectoryLock lock, Database database,
                           Access access, bool sync)
    : directory_(std::move(directory)),
      lock_(std::move(lock)),
      database_(std::move(database)),
      access_(access),
      sync_(sync) {}

Status<StoreError> RocksJournal::read_where_it_ends() {
  GroupIterator cursor{*database_, {}};
  const auto head = read_head(cursor);
  if (!head) return named(head.error());
  const auto epoch = last_epoch(*database_);
  if (!epoch) return named(epoch.error());
  if (*epoch < head->epoch) return named({"journal: the last group is newer than its epoch"});
  head_ = {head->durable, *epoch, head->chain};
  return Done{};
}

Status<StoreError> RocksJournal::raise_epoch(std::uint64_t step) {
  const Epoch mine{head_.epoch.number() + step};
  const auto status =
      database_->Put(write_options(true), std::string{kEpochKey}, number_key(mine.number()));
  if (!status.ok()) return named(rocks_error("journal, taking the epoch", status));
  head_.epoch = mine;
  return Done{};
}

Status<StoreError> RocksJournal::append(Epoch epoch, std::span<const RecordPtr> records) {
  if (access_ == Access::kReader) return named({"journal: opened for reading only"});
  if (!failed_.empty()) return named({"journal: not writing after a failure (" + failed_ + ")"});
  if (records.empty()) return Done{};
  if (auto allowed = may_append(head_, epoch, records); !allowed) return allowed;
  FrameHeader last;
  last.chain = head_.chain;
  batch_.Clear();
  for (std::size_t at = 0; at < records.size(); at += kGroupRecordsMax) {
    const std::size_t count = std::min(kGroupRecordsMax, records.size() - at);
    last = encode_frame(epoch, last.chain, records.subspan(at, count), frame_);
    batch_.Put(group_key(last.first), frame_);
  }
  return write_groups(records.front()->sequence, last);
}

// One batch, one sync: all groups of it reach the disk, or none does.
Status<StoreError> RocksJournal::write_groups(Sequence first, const FrameHeader& last) {
  const auto status = database_->Write(write_options(sync_), &batch_);
  if (!status.ok()) {
    failed_ = status.ToString();
    return named(rocks_error("journal, writing record " + std::to_string(first.number()), status));
  }
  const std::lock_guard lock{mutex_};
  head_ = {last.last(), last.epoch, last.chain};
  return Done{};
}

Result<RecordPtr, StoreError> RocksJournal::read(Sequence sequence) const {
  GroupIterator cursor{*database_, reading()};
  auto record = read_record(cursor, sequence);
  if (!record) return named(record.error());
  return record;
}

Status<StoreError> RocksJournal::scan(Sequence from,
                                      const std::function<bool(const RecordPtr&)>& visit) const {
  const Sequence durable = head().durable;
  GroupIterator cursor{*database_, scanning()};
  auto scanned = scan_records(cursor, from, durable, visit);
  if (!scanned) return named(scanned.error());
  return scanned;
}

JournalHead RocksJournal::head() const {
  const std::lock_guard lock{mutex_};
  return head_;
}

Status<StoreError> RocksJournal::checkpoint(const std::string& target_dir) const {
  if (auto made = make_directory(target_dir); !made) return made;
  rocksdb::Checkpoint* made = nullptr;
  auto status = rocksdb::Checkpoint::Create(database_.get(), &made);
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint{made};
  if (status.ok()) status = checkpoint->CreateCheckpoint(journal_directory(target_dir));
  if (!status.ok()) return named(rocks_error("journal, checkpoint to " + target_dir, status));
  return Done{};
}

std::uint64_t RocksJournal::property(const std::string& name) const {
  std::uint64_t value = 0;
  database_->GetIntProperty(name, &value);
  return value;
}

StoreError RocksJournal::named(StoreError error) const {
  error.message = directory_ + ": " + error.message;
  return error;
}

}  // namespace gongji::stores
