// What the reconciliation desk did since it opened.
#pragma once

#include <cstdint>

#include "gateway/reconciliation/comparison.hpp"

namespace gongji::gateway::reconciliation {

struct DeskFigures {
  std::uint64_t totals = 0;       // 3201 that were added up
  std::uint64_t comparisons = 0;  // 3202 that came to a result
  double comparison_seconds = 0;  // spent on those
  DifferenceCounts differences;   // they found
};

}  // namespace gongji::gateway::reconciliation
