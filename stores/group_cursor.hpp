// How the journal's groups are reached in a particular store. A cursor stands on one group; one
// thread uses it, and it sees at least the groups that were durable when it was made.
#pragma once

#include <string_view>

#include "domain/ids.hpp"
#include "domain/result.hpp"
#include "ports/journal_store.hpp"

namespace gongji::stores {

class GroupCursor {
 public:
  virtual ~GroupCursor() = default;
  // To the last group that starts at or before `sequence`, else to the first one of all. False when
  // there is no group.
  virtual bool seek(Sequence sequence) = 0;
  // One group on; false at the end, where there is no frame.
  virtual bool forward() = 0;
  // One group back; false at the first group, where it stays.
  virtual bool back() = 0;
  // The group's bytes (codec/frame.hpp), until the cursor moves.
  [[nodiscard]] virtual std::string_view frame() const = 0;
  // What went wrong underneath when a move said false.
  [[nodiscard]] virtual Status<StoreError> status() const = 0;
};

}  // namespace gongji::stores
