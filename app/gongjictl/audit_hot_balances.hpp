// Audit of the copy for readers: every household of the journal, folded from its start, against
// what Redis shows of it, field by field. What the copy shows of later records than the journal at
// hand has (a checkpoint of a running gateway) is counted, not judged. Keeps every household in
// memory.
#pragma once

#include <cstdint>

#include "app/gongjictl/audit.hpp"
#include "domain/profile.hpp"
#include "domain/time.hpp"
#include "ports/hot_balances.hpp"
#include "ports/journal_store.hpp"

namespace gongji::ctl {

struct HotComparison {
  std::uint64_t households = 0;
  std::uint64_t persons = 0;
  std::uint64_t newer = 0;  // households whose copy is ahead of this journal
  ProblemList problems;
};

// `now` is as of when family money is worked out.
HotComparison compare_hot_balances(const JournalStore& journal, const ProfileBook& profiles,
                                   HotBalances& hot, Instant now);

std::string comparison_text(const HotComparison& comparison);

}  // namespace gongji::ctl
