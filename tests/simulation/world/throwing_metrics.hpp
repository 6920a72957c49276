// Metrics that throw where the weather says so. Production metrics never fail; these stand on the
// places in a household's handler where an exception would hurt most: its state is half changed, or
// its record is on the way to the journal already.
#pragma once

#include <stdexcept>

#include "ports/metrics.hpp"
#include "tests/simulation/scheduler/schedule.hpp"
#include "tests/simulation/world/weather.hpp"

namespace gongji::simulation {

class ThrowingMetrics final : public NoMetrics {
 public:
  ThrowingMetrics(Schedule& schedule, const Weather& weather)
      : schedule_(schedule), weather_(weather) {}

  void ledger_imbalance(Fen amount) override {  // after evolve, before the record
    if (!amount.is_zero()) imbalance_ = amount;
    perhaps(weather_.throw_after_evolve_per_mille, "planted: after evolve");
  }
  void stage(Stage stage, double) override {
    if (stage == Stage::kDecide)  // the record is with the journal
      perhaps(weather_.throw_after_submit_per_mille, "planted: after submit");
  }
  void perhaps(unsigned per_mille, const char* what) {
    if (schedule_.chance().per_mille(per_mille)) throw std::runtime_error{what};
  }
  [[nodiscard]] Fen imbalance() const { return imbalance_; }

 private:
  Schedule& schedule_;
  const Weather& weather_;
  Fen imbalance_;
};

}  // namespace gongji::simulation
