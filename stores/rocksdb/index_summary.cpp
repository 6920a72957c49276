#include "stores/rocksdb/index_summary.hpp"

#include "stores/rocksdb/journal_keys.hpp"

namespace gongji::stores {
namespace {

constexpr std::string_view kIndexedKey = "indexed_upto";
constexpr std::string_view kNextHouseholdKey = "next_household";
constexpr std::string_view kTransfersKey = "transfers";

std::string encode(const OpenTransfers& transfers) {
  std::string bytes;
  ByteWriter out{bytes};
  for (const OpenTransfer& transfer : transfers.all()) {
    out.big_endian(transfer.from.number());
    out.big_endian(transfer.to.number());
    out.big_endian(transfer.departed.number());
  }
  return bytes;
}

Result<OpenTransfers, StoreError> decode_transfers(std::string_view bytes) {
  OpenTransfers transfers;
  ByteReader in{bytes};
  while (in.remaining() != 0) {
    const HouseholdId from{in.big_endian<std::uint64_t>()};
    const HouseholdId to{in.big_endian<std::uint64_t>()};
    transfers.open({from, to, Sequence{in.big_endian<std::uint64_t>()}});
  }
  if (!in.ok()) return StoreError{"index: the open transfers cannot be read"};
  return transfers;
}

rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

}  // namespace

Result<IndexSummary, StoreError> read_summary(const IndexDatabase& database) {
  const auto indexed = database.get_number(IndexTable::kMeta, kIndexedKey);
  if (!indexed) return indexed.error();
  const auto next_household = database.get_number(IndexTable::kMeta, kNextHouseholdKey);
  if (!next_household) return next_household.error();
  const auto stored = database.get(IndexTable::kMeta, kTransfersKey);
  if (!stored) return stored.error();
  auto transfers = decode_transfers(stored->value_or(""));
  if (!transfers) return std::move(transfers).error();
  return IndexSummary{Sequence{indexed->value_or(0)}, HouseholdId{next_household->value_or(1)},
                      std::move(transfers).value()};
}

void add_to_batch(const IndexSummary& summary, const IndexDatabase& database,
                  rocksdb::WriteBatch& batch) {
  auto* meta = database.table(IndexTable::kMeta);
  batch.Put(meta, slice(kIndexedKey), number_key(summary.indexed.number()));
  batch.Put(meta, slice(kNextHouseholdKey), number_key(summary.next_household.number()));
  batch.Put(meta, slice(kTransfersKey), encode(summary.transfers));
}

}  // namespace gongji::stores
