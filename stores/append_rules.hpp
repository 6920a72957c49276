// What every journal checks before it writes a group.
#pragma once

#include <span>

#include "ports/journal_store.hpp"

namespace gongji::stores {

// Nothing to object, or the reason: another epoch than the store's own, a gap, a record that says
// otherwise than its place. `records` is not empty.
Status<StoreError> may_append(const JournalHead& head, Epoch epoch,
                              std::span<const RecordPtr> records);

}  // namespace gongji::stores
