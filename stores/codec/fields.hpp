// One description of a struct serves both directions: `describe(fields, thing)` names the members
// in their order on disk, and `fields` is an Encoder that writes them or a Decoder that reads them
// (decoder.hpp). The descriptions bind every member of a struct by structured binding, so a member
// added in domain/ does not compile until it has its place on disk.
//
// What `fields` offers:
//   fields(a, b, c)                 write or read these, each in the form of its type
//   fields.bits(flag, optional, …)  one byte of flags: bool 1 bit; optional<bool> 2 bits (present,
//                                   value); any other optional 1 bit: is it there
//   fields.if_present(optional)     the value of such an optional, when it is there
//   fields.hex(text)                a text that is usually lower-case hex, at half its size
//   fields.instant_near(t, anchor)  an instant close to another one
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <variant>

namespace gongji::stores {

// "T, const or not": lets one description serve the Encoder (const) and the Decoder.
template <class Candidate, class T>
concept Is = std::same_as<std::remove_const_t<Candidate>, T>;

// The number of a variant's alternative on disk. Given once beside the description; never changed
// and never used again for something else. An alternative without one does not compile.
template <class Alternative>
struct Tag;
template <std::uint8_t kNumber>
struct TagIs {
  static constexpr std::uint8_t value = kNumber;
};

template <class Variant>
struct TagsDiffer;
template <class... Alternatives>
struct TagsDiffer<std::variant<Alternatives...>> {
  static constexpr bool value = [] {
    const std::uint8_t tags[] = {Tag<Alternatives>::value...};
    for (std::size_t i = 0; i < sizeof...(Alternatives); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (tags[i] == tags[j]) return false;
    return true;
  }();
};

template <class Flag>
constexpr unsigned kFlagBits = std::same_as<Flag, std::optional<bool>> ? 2 : 1;

// A record names the same few ids many times (patient, institution): after the first time an id is
// written as its number in this table.
constexpr std::size_t kRememberedIdsMax = 16;

}  // namespace gongji::stores
