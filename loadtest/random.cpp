#include "loadtest/random.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

namespace gongji::loadtest {
namespace {

std::uint64_t splitmix(std::uint64_t& state) {
  std::uint64_t z = state += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

// (exp(x) - 1) / x and log(1 + x) / x, steady around 0.
double expm1_over(double x) { return std::abs(x) > 1e-8 ? std::expm1(x) / x : 1 + x / 2; }
double log1p_over(double x) { return std::abs(x) > 1e-8 ? std::log1p(x) / x : 1 - x / 2; }

}  // namespace

Random::Random(std::uint64_t seed) {
  for (auto& word : state_) word = splitmix(seed);
}

std::uint64_t Random::next() {
  const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

std::uint64_t Random::below(std::uint64_t end) {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::uint64_t>(static_cast<Wide>(next()) * end >> 64);
}

double Random::unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

double Random::normal() {
  const double radius = std::sqrt(2 * exponential());
  return radius * std::cos(2 * std::numbers::pi * unit());
}

double Random::exponential() { return -std::log(1 - unit()); }

ZipfRanks::ZipfRanks(std::uint64_t size, double skew)
    : size_(static_cast<double>(size)), skew_(skew) {
  low_ = integral(1.5) - 1;
  high_ = integral(size_ + 0.5);
  shortcut_ = 2 - inverse_integral(integral(2.5) - weight(2));
}

std::uint64_t ZipfRanks::pick(Random& random) const {
  while (true) {
    const double y = high_ + random.unit() * (low_ - high_);
    const double x = inverse_integral(y);
    const double rank = std::clamp(std::floor(x + 0.5), 1.0, size_);
    if (rank - x <= shortcut_ || y >= integral(rank + 0.5) - weight(rank))
      return static_cast<std::uint64_t>(rank) - 1;
  }
}

double ZipfRanks::integral(double x) const {
  const double log_x = std::log(x);
  return expm1_over((1 - skew_) * log_x) * log_x;
}

double ZipfRanks::inverse_integral(double y) const {
  const double t = std::max(y * (1 - skew_), -1.0);
  return std::exp(log1p_over(t) * y);
}

double ZipfRanks::weight(double x) const { return std::exp(-skew_ * std::log(x)); }

}  // namespace gongji::loadtest
