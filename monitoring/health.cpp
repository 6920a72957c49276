#include "monitoring/health.hpp"

#include <cstdlib>

namespace gongji::monitoring {

std::string_view to_text(Obstacle obstacle) {
  switch (obstacle) {
    case Obstacle::kReplayingJournal: return "replaying journal";
    case Obstacle::kJournalFailed: return "journal failed";
    case Obstacle::kDraining: return "draining";
    case Obstacle::kJournalStalled: return "journal stalled";
    case Obstacle::kDiskLow: return "disk low";
  }
  std::abort();
}

void Health::journal_replayed() { obstacles_.fetch_and(~bit(Obstacle::kReplayingJournal)); }
void Health::journal_failed() { obstacles_.fetch_or(bit(Obstacle::kJournalFailed)); }
void Health::draining() { obstacles_.fetch_or(bit(Obstacle::kDraining)); }
void Health::journal_stalled(bool stalled) { set(Obstacle::kJournalStalled, stalled); }
void Health::disk_low(bool low) { set(Obstacle::kDiskLow, low); }

void Health::set(Obstacle obstacle, bool there) {
  if (there)
    obstacles_.fetch_or(bit(obstacle));
  else
    obstacles_.fetch_and(~bit(obstacle));
}

bool Health::has(Obstacle obstacle) const { return (obstacles_.load() & bit(obstacle)) != 0; }

std::vector<Obstacle> Health::obstacles() const {
  const std::uint32_t now = obstacles_.load();
  std::vector<Obstacle> found;
  for (std::uint8_t i = 0; i < kObstacleCount; ++i)
    if ((now & (1U << i)) != 0) found.push_back(static_cast<Obstacle>(i));
  return found;
}

}  // namespace gongji::monitoring
