// The journal: the one thing that must survive. Everything else is derived from it and may be
// deleted and rebuilt.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "domain/record.hpp"
#include "domain/result.hpp"

namespace gongji {

struct StoreError {
  std::string message;  // for the log and the SRE; names the file or key
  // Nothing is wrong: the disk would have to be read (ports/without_waiting.hpp).
  bool would_wait = false;
};

// The chain hash over everything written so far (docs/formats/journal.md).
struct JournalHead {
  Sequence durable;  // last sequence on stable storage; none when empty
  Epoch epoch;
  Digest chain{};
};

// Implementations: stores/memory, stores/rocksdb. One contract suite (tests/contract).
// Opening takes the next epoch, durably, before it returns: an older owner's batches are refused
// from then on (architecture, decision 9).
class JournalStore {
 public:
  virtual ~JournalStore() = default;

  // Writes all records as one atomic group and returns only when it is on stable storage.
  // Sequences continue the head without a gap; `epoch` must be the store's own. One caller thread
  // (the journal writer). May block for a disk sync. After an error nothing more may be appended:
  // the caller ends the process, because what reached the disk is unknown.
  virtual Status<StoreError> append(Epoch epoch, std::span<const RecordPtr> records) = 0;

  // Any thread. May read the disk.
  virtual Result<RecordPtr, StoreError> read(Sequence sequence) const = 0;

  // Calls `visit` for every record from `from` on, in order, until it returns false; verifies the
  // chain on the way (an error names the sequence where it breaks). Any thread.
  virtual Status<StoreError> scan(Sequence from,
                                  const std::function<bool(const RecordPtr&)>& visit) const = 0;

  [[nodiscard]] virtual JournalHead head() const = 0;  // any thread
};

}  // namespace gongji
