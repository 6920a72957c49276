// Audit: each message key has at most one applied record.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "app/gongjictl/audit.hpp"
#include "domain/record.hpp"

namespace gongji::ctl {

class KeyCheck {
 public:
  void check(const JournalRecord& record, ProblemList& problems);
  [[nodiscard]] std::uint64_t count() const { return applied_by_.size(); }

 private:
  struct FrontOf {
    std::size_t operator()(const KeyHash& key) const noexcept;
  };
  std::unordered_map<KeyHash, Sequence, FrontOf> applied_by_;  // none = only refused so far
};

}  // namespace gongji::ctl
