// Records that somebody looks for later without knowing whom they are about: open requests to other
// parties, money without an owner, supervision marks. The index keeps them apart, so that nobody
// has to read the whole journal for them.
#pragma once

#include <cstdint>
#include <vector>

#include "domain/record.hpp"

namespace gongji {

enum class MarkKind : std::uint8_t {
  kSuspense = 1,        // a refund into suspense (GX-09)
  kReview = 2,          // a supervision mark or its lifting (SH-34)
  kTaxRequest = 3,      // a pending order; closed by the tax side's answer (SX-33)
  kInsurerRequest = 4,  // a product paid for; closed by the insurer's answer (SH-26)
};

struct MarkChange {
  MarkKind kind;
  Sequence at;       // the record that is marked
  bool open = true;  // false: the mark is taken away
  bool operator==(const MarkChange&) const = default;
};

// Pure: the same record always gives the same changes, so the index can be rebuilt.
std::vector<MarkChange> marks_of(const JournalRecord& record);

}  // namespace gongji
