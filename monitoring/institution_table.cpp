#include "monitoring/institution_table.hpp"

#include <algorithm>
#include <numeric>

namespace gongji::monitoring {

std::uint64_t InstitutionCounts::messages() const {
  return std::accumulate(outcomes.begin(), outcomes.end(), std::uint64_t{0});
}

void InstitutionCounts::add(TransactionOutcome outcome, double duration_s, std::int64_t now_s) {
  ++outcomes[index_of(outcome)];
  const auto edge =
      std::lower_bound(kInstitutionEdges.begin(), kInstitutionEdges.end(), duration_s);
  ++buckets[static_cast<std::size_t>(edge - kInstitutionEdges.begin())];
  seconds += duration_s;
  last_message_s = std::max(last_message_s, now_s);
}

InstitutionCounts& InstitutionCounts::operator+=(const InstitutionCounts& other) {
  for (std::size_t i = 0; i < outcomes.size(); ++i) outcomes[i] += other.outcomes[i];
  for (std::size_t i = 0; i < buckets.size(); ++i) buckets[i] += other.buckets[i];
  seconds += other.seconds;
  last_message_s = std::max(last_message_s, other.last_message_s);
  return *this;
}

InstitutionCounts InstitutionCounts::since(const InstitutionCounts& earlier) const {
  InstitutionCounts gained = *this;
  for (std::size_t i = 0; i < outcomes.size(); ++i) gained.outcomes[i] -= earlier.outcomes[i];
  for (std::size_t i = 0; i < buckets.size(); ++i) gained.buckets[i] -= earlier.buckets[i];
  gained.seconds -= earlier.seconds;
  return gained;
}

void InstitutionTable::count(std::string_view code, TransactionOutcome outcome, double duration_s,
                             std::int64_t now_s) {
  const std::lock_guard lock{mutex_};
  auto row = rows_.find(code);
  if (row == rows_.end()) row = rows_.emplace(std::string{code}, InstitutionCounts{}).first;
  row->second.add(outcome, duration_s, now_s);
}

void InstitutionTable::add_to(ByInstitution<InstitutionCounts>& sums) const {
  const std::lock_guard lock{mutex_};
  for (const auto& [code, counts] : rows_) sums[code] += counts;
}

}  // namespace gongji::monitoring
