// Chance from one printed seed, the same on every machine and standard library: a run can be
// repeated exactly. xoshiro256** with the distributions the profiles need. One thread.
#pragma once

#include <array>
#include <cstdint>

namespace gongji::loadtest {

class Random {
 public:
  explicit Random(std::uint64_t seed);

  std::uint64_t next();
  std::uint64_t below(std::uint64_t end);  // 0 … end-1; end > 0
  double unit();                           // [0, 1)
  double normal();                         // mean 0, deviation 1
  double exponential();                    // mean 1

 private:
  std::array<std::uint64_t, 4> state_;
};

// Ranks 0 … size-1 with probability proportional to 1 / (rank + 1)^skew, in constant time and
// memory (rejection-inversion, Hörmann and Derflinger 1996). skew > 0, also 1.
class ZipfRanks {
 public:
  ZipfRanks(std::uint64_t size, double skew);
  std::uint64_t pick(Random& random) const;

 private:
  [[nodiscard]] double integral(double x) const;
  [[nodiscard]] double inverse_integral(double y) const;
  [[nodiscard]] double weight(double x) const;

  double size_;
  double skew_;
  double low_;
  double high_;
  double shortcut_;
};

}  // namespace gongji::loadtest
