#include "monitoring/totals.hpp"

#include <numeric>

namespace gongji::monitoring {
namespace {

template <class Values>
std::uint64_t sum_of(const Values& values) {
  return std::accumulate(values.begin(), values.end(), std::uint64_t{0});
}

template <class Values, class Cells>
void add_cells(Values& to, const Cells& cells) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += cells[i].read();
}

void add_buckets(SecondsBuckets& to, const SecondsCells& cells) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += cells.count(i);
}

void add(Totals& totals, const ThreadCounts& block) {
  for (std::size_t i = 0; i < kInfnos.size(); ++i) {
    add_cells(totals.outcomes, block.transactions[i]);
    add_buckets(totals.duration, block.transaction_seconds[i]);
  }
  for (std::size_t i = 0; i < kSources.size(); ++i)
    for (const Cell& cell : block.paid_fen[i]) totals.paid_fen[i] += cell.read();
  add_cells(totals.refusals, block.refusals);
  add_cells(totals.zero_shares, block.zero_shares);
  add_cells(totals.shed, block.shed);
  add_buckets(totals.commit, block.commit_seconds);
  totals.committed_records += static_cast<std::uint64_t>(block.commit_records.sum());
  totals.journal_failures += block.journal_failures.read();
  totals.inflight += static_cast<std::int64_t>(block.inflight.read());
  totals.actors += static_cast<std::int64_t>(block.actors.read());
}

template <class Values>
Values minus(const Values& later, const Values& earlier) {
  Values gained = later;
  for (std::size_t i = 0; i < gained.size(); ++i) gained[i] -= earlier[i];
  return gained;
}

}  // namespace

std::uint64_t Totals::messages() const { return sum_of(outcomes); }

Totals totals_of(const std::vector<ThreadCounts*>& blocks) {
  Totals totals;
  for (const ThreadCounts* block : blocks) add(totals, *block);
  return totals;
}

Totals between(const Totals& earlier, const Totals& later) {
  Totals gained = later;
  gained.outcomes = minus(later.outcomes, earlier.outcomes);
  gained.duration = minus(later.duration, earlier.duration);
  gained.paid_fen = minus(later.paid_fen, earlier.paid_fen);
  gained.refusals = minus(later.refusals, earlier.refusals);
  gained.zero_shares = minus(later.zero_shares, earlier.zero_shares);
  gained.shed = minus(later.shed, earlier.shed);
  gained.commit = minus(later.commit, earlier.commit);
  gained.committed_records -= earlier.committed_records;
  gained.journal_failures -= earlier.journal_failures;
  return gained;
}

std::uint64_t count_of(const SecondsBuckets& buckets) { return sum_of(buckets); }

double quantile(const SecondsBuckets& buckets, double part) {
  const double wanted = part * static_cast<double>(count_of(buckets));
  double below = 0;
  double lower_edge = 0;
  for (std::size_t i = 0; i < kSecondsEdges.size() && wanted > 0; ++i) {
    const auto here = static_cast<double>(buckets[i]);
    if (below + here >= wanted && here > 0)
      return lower_edge + (kSecondsEdges[i] - lower_edge) * (wanted - below) / here;
    below += here;
    lower_edge = kSecondsEdges[i];
  }
  return wanted > 0 ? kSecondsEdges.back() : 0;
}

}  // namespace gongji::monitoring
