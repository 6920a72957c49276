// Money is whole fen (1 yuan = 100 fen) in a type of its own: no floating point, no implicit
// conversion, checked addition. Overflow is a programming error and ends the process, because a
// wrapped balance must never reach the journal.
#pragma once

#include <compare>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace gongji {

class Fen {
 public:
  constexpr Fen() = default;
  constexpr explicit Fen(std::int64_t count) : count_(count) {}

  [[nodiscard]] constexpr std::int64_t count() const { return count_; }
  [[nodiscard]] constexpr bool is_zero() const { return count_ == 0; }
  [[nodiscard]] constexpr bool is_negative() const { return count_ < 0; }
  [[nodiscard]] constexpr bool is_positive() const { return count_ > 0; }

  constexpr auto operator<=>(const Fen&) const = default;
  constexpr Fen operator-() const { return Fen{0} - *this; }

  friend constexpr Fen operator+(Fen left, Fen right) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(left.count_, right.count_, &sum)) std::abort();
    return Fen{sum};
  }
  friend constexpr Fen operator-(Fen left, Fen right) {
    std::int64_t difference = 0;
    if (__builtin_sub_overflow(left.count_, right.count_, &difference)) std::abort();
    return Fen{difference};
  }
  constexpr Fen& operator+=(Fen other) { return *this = *this + other; }
  constexpr Fen& operator-=(Fen other) { return *this = *this - other; }

 private:
  std::int64_t count_ = 0;
};

constexpr Fen min(Fen left, Fen right) { return left < right ? left : right; }
constexpr Fen max(Fen left, Fen right) { return left < right ? right : left; }

// "1234.05"; always two decimals, a minus sign in front when negative.
std::string to_yuan_text(Fen amount);

}  // namespace gongji
