// What is derived from the journal to reconcile by: postings (domain/posting.hpp), beside the index
// that finds things (ports/journal_index.hpp) and complete as far as that is.
#pragma once

#include "domain/posting.hpp"
#include "domain/result.hpp"
#include "ports/journal_store.hpp"

namespace gongji {

// Implementations: stores/memory, stores/rocksdb. Same contract suite as the index.
class PostingIndex {
 public:
  virtual ~PostingIndex() = default;

  // All postings of the list, in the order of the journal; empty for a list nobody posted to. Any
  // thread; may read the disk, some 15 bytes a posting.
  [[nodiscard]] virtual Result<Postings, StoreError> postings(const PostingList& list) const = 0;
};

}  // namespace gongji
