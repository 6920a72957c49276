// A whole detail file against the ledger (3202): unpacks it, reads its lines, compares them, and
// writes the text of the result. Bounded: by the length of the unpacked text, by the number of
// differences, and by what the caller's `stop` says.
#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/reconciliation/comparison.hpp"

namespace gongji::gateway::reconciliation {

struct CompareLimits {
  std::uint64_t text_bytes_max = std::uint64_t{512} << 20;  // unpacked
  std::uint64_t differences_max = 200'000;  // more: the wrong day or file, and no use to anybody
};

struct ComparedFile {
  DifferenceCounts differences;
  Totals file;         // of the lines in the file
  std::string result;  // result.txt
};

struct ComparisonInput {
  const InstitutionCode& institution;
  const LedgerLines& ledger;
  const Selection& selection;
  const FindRecord& find;
  bool six_digits = false;
};

// The refusal says what is wrong with the file: E_FIELD with the numbers of the first bad lines, or
// E_BUSY when the journal cannot be read. Nothing when it was stopped.
std::optional<Result<ComparedFile, Refusal>> compare_file(std::string_view file,
                                                          const ComparisonInput& input,
                                                          const CompareLimits& limits,
                                                          const std::atomic<bool>& stop);

}  // namespace gongji::gateway::reconciliation
