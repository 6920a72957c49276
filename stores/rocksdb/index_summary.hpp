// How far the index reaches, and what of it is small and asked for often; kept in memory and in
// three entries of the table meta. Internal to this folder.
#pragma once

#include "ports/journal_index.hpp"
#include "stores/open_transfers.hpp"
#include "stores/rocksdb/index_database.hpp"

namespace gongji::stores {

struct IndexSummary {
  Sequence indexed;  // the last record the index knows
  HouseholdId next_household{1};
  OpenTransfers transfers;
};

// As it was last written; of nothing when it never was.
Result<IndexSummary, StoreError> read_summary(const IndexDatabase& database);

void add_to_batch(const IndexSummary& summary, const IndexDatabase& database,
                  rocksdb::WriteBatch& batch);

}  // namespace gongji::stores
