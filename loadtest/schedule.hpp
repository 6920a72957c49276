// When the next message is due. A closed loop sends as soon as there is room, so a slow gateway is
// asked less. An open loop fixes the times beforehand, as patients do who know nothing of the
// gateway's state; a message that has to wait for room keeps its time, and its latency counts from
// there (no coordinated omission). One schedule per worker thread; times count from the run's
// start.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "loadtest/options.hpp"
#include "loadtest/random.hpp"
#include "loadtest/traffic.hpp"

namespace gongji::loadtest {

class Schedule {
 public:
  virtual ~Schedule() = default;
  // Takes the next message when it is due: the time it was due at.
  virtual std::optional<Nanoseconds> take(Nanoseconds now) = 0;
  // When to ask again; nothing when only room matters (closed loop) or all were taken.
  [[nodiscard]] virtual std::optional<Nanoseconds> next_due() const = 0;
  [[nodiscard]] virtual bool finished(Nanoseconds now) const = 0;
};

enum class Shape : std::uint8_t {
  kLevel,
  kPeak,   // from a tenth of `rate` up to it at half time, and down again
  kClimb,  // from a tenth of `rate` up to it at the end
};

struct ScheduleOptions {
  Nanoseconds duration{0};  // 0 = until `count`
  std::uint64_t count = 0;  // 0 = until `duration`
  double rate = 0;          // messages a second; 0 = closed loop
  Shape shape = Shape::kLevel;
  Arrivals arrivals = Arrivals::kEven;
  std::uint64_t seed = 1;
};

std::unique_ptr<Schedule> make_schedule(const ScheduleOptions& options);

// The share of the run that thread `index` of options.threads takes.
ScheduleOptions schedule_share(const LoadOptions& options, unsigned index);

}  // namespace gongji::loadtest
