#include "stores/rocksdb/index_database.hpp"

#include <filesystem>
#include <system_error>

#include "stores/rocksdb/directories.hpp"
#include "stores/rocksdb/journal_keys.hpp"
#include "stores/rocksdb/piecewise_deletion.hpp"
#include "stores/rocksdb/reading.hpp"
#include "stores/rocksdb/rocks_errors.hpp"

namespace gongji::stores {
namespace {

constexpr std::string_view kFormatKey = "format";
constexpr std::string_view kFormat = "4";

rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

rocksdb::WriteOptions unlogged() {
  rocksdb::WriteOptions options;
  options.disableWAL = true;
  return options;
}

bool has_database(const std::string& directory) {
  std::error_code ignored;
  return std::filesystem::exists(directory + "/CURRENT", ignored);
}

bool can_be_rebuilt(const rocksdb::Status& status) {
  return status.IsCorruption() || status.IsInvalidArgument() || status.IsNotSupported();
}

}  // namespace

std::string index_directory(const std::string& data_dir) { return data_dir + "/index"; }

Result<std::unique_ptr<IndexDatabase>, StoreError> IndexDatabase::open(
    const StoreOptions& options, const std::shared_ptr<rocksdb::Cache>& cache) {
  const std::string directory = index_directory(options.data_dir);
  const Tables tables = index_tables(options, cache);
  if (!has_database(directory)) return make_anew(directory, tables);
  auto database = open_tables(directory, tables);
  if (database && (*database)->has_our_format()) return std::move(database).value();
  if (!database && !can_be_rebuilt(database.error()))
    return rocks_error("cannot open the index in " + directory, database.error());
  if (options.on_notice)
    options.on_notice("the index in " + directory + " is built anew from the journal: " +
                      (database ? "it has another format" : database.error().ToString()));
  if (database) database->reset();  // close it before it goes
  return make_anew(directory, tables);
}

Result<std::unique_ptr<IndexDatabase>, StoreError> IndexDatabase::make_anew(
    const std::string& directory, const Tables& tables) {
  if (auto removed = remove_directory(directory); !removed) return std::move(removed).error();
  if (auto made = make_directory(directory); !made) return std::move(made).error();
  auto database = open_tables(directory, tables);
  if (!database) return rocks_error("cannot make the index in " + directory, database.error());
  if (auto stamped = (*database)->stamp_our_format(); !stamped) return std::move(stamped).error();
  return std::move(database).value();
}

Result<std::unique_ptr<IndexDatabase>, rocksdb::Status> IndexDatabase::open_tables(
    const std::string& directory, const Tables& tables) {
  rocksdb::DB* database = nullptr;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DBOptions tuning = index_tuning();
  tuning.sst_file_manager = piecewise_deletion();
  auto status = rocksdb::DB::Open(tuning, directory, tables, &handles, &database);
  if (!status.ok()) return status;
  return std::unique_ptr<IndexDatabase>{new IndexDatabase{directory, database, std::move(handles)}};
}

IndexDatabase::IndexDatabase(std::string directory, rocksdb::DB* database,
                             std::vector<rocksdb::ColumnFamilyHandle*> tables)
    : directory_(std::move(directory)), database_(database), tables_(std::move(tables)) {}

IndexDatabase::~IndexDatabase() {
  static_cast<void>(flush());  // snapshots; what does not reach the disk is made again
  for (auto* handle : tables_) database_->DestroyColumnFamilyHandle(handle);
}

bool IndexDatabase::has_our_format() const {
  const auto format = get(IndexTable::kMeta, kFormatKey);
  return format && *format == kFormat;
}

Status<StoreError> IndexDatabase::stamp_our_format() {
  rocksdb::WriteBatch batch;
  batch.Put(table(IndexTable::kMeta), slice(kFormatKey), slice(kFormat));
  if (auto written = write(batch); !written) return written;
  return flush();
}

Result<std::optional<std::string>, StoreError> IndexDatabase::get(IndexTable which,
                                                                  std::string_view key) const {
  rocksdb::PinnableSlice value;
  const auto status = database_->Get(reading(), table(which), slice(key), &value);
  if (status.IsNotFound()) return std::optional<std::string>{};
  if (!status.ok()) return rocks_error(directory_ + ", reading", status);
  return std::optional{value.ToString()};
}

Result<std::optional<std::uint64_t>, StoreError> IndexDatabase::get_number(
    IndexTable which, std::string_view key) const {
  auto value = get(which, key);
  if (!value) return std::move(value).error();
  if (!*value) return std::optional<std::uint64_t>{};
  const auto number = number_in(**value);
  if (!number) return StoreError{directory_ + ": an entry is not a number of 8 bytes"};
  return number;
}

Status<StoreError> IndexDatabase::walk(IndexTable which, std::string_view after, const Visit& visit,
                                       Reading reading) const {
  rocksdb::ReadOptions options;
  options.fill_cache = reading == Reading::kOften;
  const std::unique_ptr<rocksdb::Iterator> at{database_->NewIterator(options, table(which))};
  at->Seek(slice(after));
  if (at->Valid() && at->key() == slice(after)) at->Next();
  while (at->Valid() && visit(at->key().ToStringView())) at->Next();
  if (!at->status().ok()) return rocks_error(directory_ + ", reading", at->status());
  return Done{};
}

Status<StoreError> IndexDatabase::each_below(IndexTable which, std::string_view prefix,
                                             const VisitEntry& visit) const {
  const std::unique_ptr<rocksdb::Iterator> at{database_->NewIterator({}, table(which))};
  for (at->Seek(slice(prefix)); at->Valid() && at->key().starts_with(slice(prefix)); at->Next())
    if (auto visited = visit(at->key().ToStringView(), at->value().ToStringView()); !visited)
      return visited;
  if (!at->status().ok()) return rocks_error(directory_ + ", reading", at->status());
  return Done{};
}

rocksdb::ColumnFamilyHandle* IndexDatabase::table(IndexTable which) const {
  return tables_[static_cast<std::size_t>(which)];
}

Status<StoreError> IndexDatabase::write(rocksdb::WriteBatch& batch) {
  const auto status = database_->Write(unlogged(), &batch);
  if (!status.ok()) return rocks_error(directory_ + ", writing", status);
  return Done{};
}

Status<StoreError> IndexDatabase::flush() {
  const auto status = database_->Flush({}, tables_);
  if (!status.ok()) return rocks_error(directory_ + ", flushing", status);
  return Done{};
}

std::uint64_t IndexDatabase::property(const std::string& name) const {
  std::uint64_t sum = 0;
  for (auto* handle : tables_) {
    std::uint64_t value = 0;
    if (database_->GetIntProperty(handle, name, &value)) sum += value;
  }
  return sum;
}

std::uint64_t IndexDatabase::estimated_entries(IndexTable which) const {
  std::uint64_t count = 0;
  database_->GetIntProperty(table(which), rocksdb::DB::Properties::kEstimateNumKeys, &count);
  return count;
}

}  // namespace gongji::stores
