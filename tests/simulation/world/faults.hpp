// Lets things go wrong. Each seed draws which kinds of faults its run has, and how often they come;
// a fault lasts a while and is mended, and others may come meanwhile.
#pragma once

#include <string_view>
#include <vector>

#include "tests/simulation/world/world.hpp"

namespace gongji::simulation {

// kSurvivable: faults that end soon enough for every message to be answered within its limit.
enum class Mode : std::uint8_t { kAnyFaults, kSurvivable };

class Faults {
 public:
  Faults(World& world, Mode mode);

  // A fiber of its own; returns soon after stop().
  void run();
  void stop() { stopping_ = true; }
  // Everything is mended, except what was lost for good.
  void mend();
  [[nodiscard]] const std::vector<std::string_view>& drawn() const { return drawn_; }

 private:
  using Strike = void (Faults::*)();
  struct Kind {
    std::string_view name;
    Strike strike;
    bool survivable;
  };
  static const std::vector<Kind>& kinds();

  void kill();
  void kill_again_and_again();
  void cut_power();
  void stall_sync();
  void fail_sync();
  void slow_disk();
  void unreadable_disk();
  void pause();
  void second_owner();
  void lossy_network();
  void crowded_network();
  void throw_somewhere();
  void nudge_clock();
  void jump_clock();
  void redis_away();
  void redis_slow();
  void redis_emptied();
  void redis_set_back();
  void roll_years();

  void last(Time longest);  // the fault does
  [[nodiscard]] Weather& weather() { return world_.weather(); }

  World& world_;
  Random chance_;
  const unsigned severity_;  // how long faults last, as a factor
  std::vector<Strike> strikes_;
  std::vector<std::string_view> drawn_;
  const Time pause_min_;  // between two faults
  const Time pause_max_;
  bool stopping_ = false;
};

}  // namespace gongji::simulation
