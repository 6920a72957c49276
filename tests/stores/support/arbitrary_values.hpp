// Generators of the small values below the records; `any<T>()` draws one inside rc::gen::exec.
#pragma once

#include <rapidcheck.h>

#include <array>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/record.hpp"

namespace gongji::stores::testing {

// Draws a T. Specialised or overloaded by tag for everything that is in a record.
template <class T>
struct Any;

template <class T>
T any() {
  return Any<T>::draw();
}

template <class T>
void fill(T& value) {
  value = any<T>();
}
template <class... T>
void fill_all(T&... values) {
  (fill(values), ...);
}

template <class T, class... More>
T one_of(T first, More... more) {
  return *rc::gen::element(first, static_cast<T>(more)...);
}

template <>
struct Any<bool> {
  static bool draw() { return *rc::gen::arbitrary<bool>(); }
};
template <>
struct Any<std::uint32_t> {
  static std::uint32_t draw() { return *rc::gen::arbitrary<std::uint32_t>(); }
};
template <>
struct Any<int> {
  static int draw() { return *rc::gen::arbitrary<int>(); }
};
template <>
struct Any<std::string> {
  static std::string draw() { return *rc::gen::scale(0.3, rc::gen::arbitrary<std::string>()); }
};
// Often one of a few, as in a household, so that repeated ids are met.
template <class Tag>
struct Any<TextId<Tag>> {
  static TextId<Tag> draw() {
    if (any<bool>()) return TextId<Tag>{one_of("310101", "310102", "P3101", "")};
    return TextId<Tag>{any<std::string>()};
  }
};
template <class Tag>
struct Any<NumberId<Tag>> {
  static NumberId<Tag> draw() {
    constexpr std::uint64_t kMax = ~std::uint64_t{0};
    return NumberId<Tag>{*rc::gen::oneOf(rc::gen::arbitrary<std::uint64_t>(),
                                         rc::gen::element<std::uint64_t>(0, 127, 128, kMax))};
  }
};
template <>
struct Any<std::int64_t> {
  static std::int64_t draw() {
    return *rc::gen::oneOf(
        rc::gen::arbitrary<std::int64_t>(),
        rc::gen::element<std::int64_t>(0, -1, std::numeric_limits<std::int64_t>::min(),
                                       std::numeric_limits<std::int64_t>::max()));
  }
};
template <>
struct Any<Fen> {
  static Fen draw() { return Fen{any<std::int64_t>()}; }
};
template <>
struct Any<Instant> {
  static Instant draw() { return Instant{std::chrono::milliseconds{any<std::int64_t>()}}; }
};
template <>
struct Any<CivilDate> {
  static CivilDate draw() {
    const int days = *rc::gen::inRange(-800'000, 3'000'000);  // from before the year 0 to 10000
    return CivilDate{std::chrono::sys_days{std::chrono::days{days}}};
  }
};
template <std::size_t kSize>
struct Any<std::array<std::uint8_t, kSize>> {
  static std::array<std::uint8_t, kSize> draw() {
    std::array<std::uint8_t, kSize> bytes;
    for (auto& byte : bytes) byte = *rc::gen::arbitrary<std::uint8_t>();
    return bytes;
  }
};
template <class T>
struct Any<std::optional<T>> {
  static std::optional<T> draw() {
    if (any<bool>()) return std::nullopt;
    return any<T>();
  }
};
template <class T>
struct Any<std::vector<T>> {
  static std::vector<T> draw() {
    std::vector<T> values(*rc::gen::inRange<std::size_t>(0, 4));
    for (T& value : values) fill(value);
    return values;
  }
};
template <class... Alternative>
struct Any<std::variant<Alternative...>> {
  using Variant = std::variant<Alternative...>;
  static Variant draw_kind(std::size_t kind) {
    static constexpr Variant (*kDraw[])() = {[]() -> Variant { return any<Alternative>(); }...};
    return kDraw[kind]();
  }
  static Variant draw() {
    // At full size, because a range starts small and the last kinds would hardly ever be met.
    return draw_kind(*rc::gen::resize(rc::kNominalSize,
                                      rc::gen::inRange<std::size_t>(0, sizeof...(Alternative))));
  }
};

}  // namespace gongji::stores::testing
