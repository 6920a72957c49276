// Reading a journal through a cursor, the same for every store, and everything it promises: no gap
// between sequences, no epoch going back, every chain hash right and continuing the one before.
// Errors name the sequence where the journal breaks.
#pragma once

#include <functional>

#include "domain/record.hpp"
#include "domain/result.hpp"
#include "ports/journal_store.hpp"
#include "stores/group_cursor.hpp"

namespace gongji::stores {

// Where the journal ends, from its last group, whose chain hash is checked. `epoch` is that of the
// group's writer. All none when the journal is empty. An error when the last group is damaged or
// was written in another record version.
Result<JournalHead, StoreError> read_head(GroupCursor& cursor);

Result<RecordPtr, StoreError> read_record(GroupCursor& cursor, Sequence sequence);

// Records from `from` on until `visit` says false; it is an error when the journal ends before
// `durable`.
Status<StoreError> scan_records(GroupCursor& cursor, Sequence from, Sequence durable,
                                const std::function<bool(const RecordPtr&)>& visit);

}  // namespace gongji::stores
