// When several rules are broken at once, the first of the fixed order is told. A fault table lists
// faults in that order; it is tried with each fault alone and with every pair.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "domain/reason.hpp"

namespace gongji::test {

template <class Scene>
struct Fault {
  Reason reason;
  std::function<void(Scene&)> happen;
};

// `told` gives the reason a scene is answered with; Scene{} must be faultless.
template <class Scene, class Told>
void expect_fixed_order(const std::vector<Fault<Scene>>& faults, Told told) {
  EXPECT_EQ(told(Scene{}), Reason::kNone) << "without a fault";
  for (std::size_t first = 0; first < faults.size(); ++first) {
    for (std::size_t second = first; second < faults.size(); ++second) {
      Scene scene;
      faults[second].happen(scene);
      if (second != first) faults[first].happen(scene);
      const Reason reason = told(scene);
      EXPECT_EQ(reason, faults[first].reason)
          << code(faults[first].reason) << " with " << code(faults[second].reason)
          << " was told as " << code(reason);
    }
  }
}

}  // namespace gongji::test
