// The one source of chance of a run: everything that happens is drawn from a seed, so the same seed
// plays the same run again on any machine. Splitmix64; the standard distributions differ between
// libraries and are not used.
#pragma once

#include <cstdint>
#include <vector>

namespace gongji::simulation {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31U);
  }
  // 0 … limit - 1. The bias towards small numbers is far below what any run could show.
  std::uint64_t below(std::uint64_t limit) { return limit == 0 ? 0 : next() % limit; }
  std::uint64_t between(std::uint64_t low, std::uint64_t high) {
    return low + below(high - low + 1);
  }
  bool per_mille(unsigned share) { return below(1'000) < share; }
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[below(from.size())];
  }
  // A stream of its own, so that what draws from it does not move what others draw.
  Random fork() { return Random{next()}; }

 private:
  std::uint64_t state_;
};

}  // namespace gongji::simulation
