#include "stores/rocksdb/index_batch.hpp"

#include <algorithm>

#include "stores/rocksdb/journal_keys.hpp"

namespace gongji::stores {
namespace {

constexpr std::string_view kIndexedKey = "indexed_upto";
constexpr std::string_view kNextHouseholdKey = "next_household";
constexpr std::string_view kTransferPrefix = "t";

std::string transfer_key(HouseholdId from) {
  return std::string{kTransferPrefix} + number_key(from.number());
}

std::optional<OpenTransfer> transfer_in(const IndexDatabase::Entry& entry) {
  const auto& [key, value] = entry;
  if (key.size() != 9 || value.size() != 16) return std::nullopt;
  const std::string_view from{key};
  const std::string_view rest{value};
  return OpenTransfer{HouseholdId{*number_in(from.substr(1))},
                      HouseholdId{*number_in(rest.substr(0, 8))},
                      Sequence{*number_in(rest.substr(8))}};
}

rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

}  // namespace

Result<IndexSummary, StoreError> read_summary(const IndexDatabase& database) {
  const auto indexed = database.get_number(IndexTable::kMeta, kIndexedKey);
  if (!indexed) return indexed.error();
  const auto next_household = database.get_number(IndexTable::kMeta, kNextHouseholdKey);
  if (!next_household) return next_household.error();
  const auto transfers = database.entries(IndexTable::kMeta, kTransferPrefix);
  if (!transfers) return transfers.error();
  IndexSummary summary{
      Sequence{indexed->value_or(0)}, HouseholdId{next_household->value_or(1)}, {}};
  for (const auto& entry : *transfers) {
    const auto transfer = transfer_in(entry);
    if (!transfer) return StoreError{"index: an open transfer cannot be read"};
    summary.transfers[transfer->from] = *transfer;
  }
  return summary;
}

IndexBatch::IndexBatch(IndexDatabase& database, IndexSummary before)
    : database_(database),
      summary_(std::move(before)),
      next_household_before_(summary_.next_household) {}

void IndexBatch::add(const JournalRecord& record) {
  index_record(record, *this);
  summary_.indexed = record.sequence;
  ++size_;
}

Result<IndexSummary, StoreError> IndexBatch::write() && {
  put(IndexTable::kMeta, kIndexedKey, summary_.indexed.number());
  if (summary_.next_household != next_household_before_)
    put(IndexTable::kMeta, kNextHouseholdKey, summary_.next_household.number());
  if (auto written = database_.write(batch_); !written) return std::move(written).error();
  return std::move(summary_);
}

void IndexBatch::key(const KeyHash& key, Sequence record) {
  put(IndexTable::kKeys, {reinterpret_cast<const char*>(key.data()), key.size()}, record.number());
}

void IndexBatch::person(const PersonId& person, HouseholdId lives_in) {
  put(IndexTable::kPersons, person.text(), lives_in.number());
}

void IndexBatch::newest(HouseholdId household, Sequence record) {
  put(IndexTable::kHeads, number_key(household.number()), record.number());
}

void IndexBatch::transfer_opened(const OpenTransfer& transfer) {
  const std::string value = number_key(transfer.to.number()) + number_key(transfer.departed.number());
  batch_.Put(database_.table(IndexTable::kMeta), transfer_key(transfer.from), value);
  summary_.transfers[transfer.from] = transfer;
}

void IndexBatch::transfer_closed(HouseholdId from) {
  batch_.Delete(database_.table(IndexTable::kMeta), transfer_key(from));
  summary_.transfers.erase(from);
}

void IndexBatch::household_used(HouseholdId household) {
  summary_.next_household = std::max(summary_.next_household, household.next());
}

void IndexBatch::put(IndexTable table, std::string_view key, std::uint64_t value) {
  batch_.Put(database_.table(table), slice(key), number_key(value));
}

}  // namespace gongji::stores
