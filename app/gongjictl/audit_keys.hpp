// Audit: each message key has at most one applied record. Keys are collected and compared at the
// end: 24 bytes a record, where a table to look them up in at once would take more than twice that.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "app/gongjictl/audit.hpp"
#include "domain/record.hpp"

namespace gongji::ctl {

class KeyCheck {
 public:
  void check(const JournalRecord& record);
  // After the last record; `journal` tells which message a key belongs to.
  void finish(const JournalStore& journal, ProblemList& problems);
  [[nodiscard]] std::uint64_t count() const { return applied_.size(); }

 private:
  std::vector<std::pair<KeyHash, Sequence>> applied_;
};

}  // namespace gongji::ctl
