// Whether this process should be restarted (live) and whether it should be sent traffic (ready).
// Every method may be called on any thread, the signal-handling one included; none blocks.
#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>
#include <vector>

namespace gongji::monitoring {

// What keeps the process from taking traffic.
enum class Obstacle : std::uint8_t {
  kReplayingJournal,  // there from construction; cleared when the books are complete
  kJournalFailed,     // for good: the process is about to end
  kDraining,          // for good: SIGTERM arrived or an operator asked
  kJournalStalled,    // while a sync or an actor does not come back (app/gongjid/pulse.hpp)
  kDiskLow,           // while there is too little room to write safely
};
constexpr std::uint8_t kObstacleCount = 5;

std::string_view to_text(Obstacle obstacle);  // "replaying journal"

class Health {
 public:
  void journal_replayed();
  void journal_failed();
  void draining();
  void journal_stalled(bool stalled);
  void disk_low(bool low);

  // False only when nothing but a restart helps. Never looks at Redis.
  [[nodiscard]] bool live() const { return !has(Obstacle::kJournalFailed); }
  [[nodiscard]] bool ready() const { return obstacles_.load() == 0; }
  [[nodiscard]] bool has(Obstacle obstacle) const;
  [[nodiscard]] std::vector<Obstacle> obstacles() const;

 private:
  static constexpr std::uint32_t bit(Obstacle obstacle) {
    return 1U << static_cast<unsigned>(obstacle);
  }
  void set(Obstacle obstacle, bool there);

  std::atomic<std::uint32_t> obstacles_{bit(Obstacle::kReplayingJournal)};
};

}  // namespace gongji::monitoring
