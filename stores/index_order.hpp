// Records are indexed in the journal's order and none is left out, or the index would lie.
#pragma once

#include <span>
#include <string>

#include "domain/record.hpp"
#include "domain/result.hpp"
#include "ports/journal_store.hpp"

namespace gongji::stores {

// `indexed` = the last record the index knows. Nothing to object, or the first record out of place.
inline Status<StoreError> in_order(Sequence indexed, std::span<const RecordPtr> records) {
  for (const RecordPtr& record : records) {
    if (record->sequence != indexed.next())
      return StoreError{"index: record " + std::to_string(record->sequence.number()) +
                        " came where " + std::to_string(indexed.number() + 1) + " was expected"};
    indexed = record->sequence;
  }
  return Done{};
}

}  // namespace gongji::stores
