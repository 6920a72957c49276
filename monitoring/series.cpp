#include "monitoring/series.hpp"

#include <algorithm>
#include <string>

namespace gongji::monitoring {

static_assert(kOutcomes.size() == index_of(TransactionOutcome::kUnknown) + 1);
static_assert(kStages.size() == index_of(Stage::kReply) + 1);
static_assert(kSources.size() == index_of(PaidFrom::kCash) + 1);
static_assert(kChannels.size() == index_of(Channel::kPharmacy) + 1);
static_assert(kTransports.size() == index_of(Transport::kTcp) + 1);
static_assert(kShedCauses.size() == index_of(ShedCause::kRate) + 1);

// Both tables are sorted, "other" at the end.
std::size_t infno_index(std::string_view infno) {
  constexpr auto kEnd = kInfnos.end() - 1;
  const auto found = std::lower_bound(kInfnos.begin(), kEnd, infno);
  const bool known = found != kEnd && *found == infno;
  return static_cast<std::size_t>((known ? found : kEnd) - kInfnos.begin());
}

std::size_t status_index(int status) {
  const auto found = std::lower_bound(kStatuses.begin(), kStatuses.end(), status);
  if (found == kStatuses.end() || *found != status) return kStatuses.size();
  return static_cast<std::size_t>(found - kStatuses.begin());
}

std::string_view status_label(std::size_t index) {
  static const auto labels = [] {
    std::array<std::string, kStatusCount> made;
    for (std::size_t i = 0; i < kStatuses.size(); ++i) made[i] = std::to_string(kStatuses[i]);
    made[kStatuses.size()] = "other";
    return made;
  }();
  return labels[index];
}

}  // namespace gongji::monitoring
