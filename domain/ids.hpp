// Ids are types: two ids of different kind do not compare and do not convert. Text ids carry what
// the outside world calls a thing; numbers are ours.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace gongji {

template <class Tag>
class TextId {
 public:
  TextId() = default;
  explicit TextId(std::string text) : text_(std::move(text)) {}
  explicit TextId(std::string_view text) : text_(text) {}
  explicit TextId(const char* text) : text_(text) {}

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool empty() const { return text_.empty(); }
  auto operator<=>(const TextId&) const = default;

 private:
  std::string text_;
};

template <class Tag>
class NumberId {
 public:
  constexpr NumberId() = default;
  constexpr explicit NumberId(std::uint64_t number) : number_(number) {}

  [[nodiscard]] constexpr std::uint64_t number() const { return number_; }
  [[nodiscard]] constexpr bool is_none() const { return number_ == 0; }  // 0 is "none" everywhere
  [[nodiscard]] constexpr NumberId next() const { return NumberId{number_ + 1}; }
  constexpr auto operator<=>(const NumberId&) const = default;

 private:
  std::uint64_t number_ = 0;
};

using PersonId = TextId<struct PersonTag>;              // psn_no, up to 30 characters
using InstitutionCode = TextId<struct InstitutionTag>;  // fixmedins_code
using HouseholdId = NumberId<struct HouseholdTag>;      // one household = one actor
using LinkId = NumberId<struct LinkTag>;        // one authorisation: household id * 2^20 + counter
using OrderId = NumberId<struct OrderTag>;      // one contribution order, numbered likewise
using Sequence = NumberId<struct SequenceTag>;  // place in the journal, from 1, no gaps
using Epoch = NumberId<struct EpochTag>;        // raised by every opening of the store

// How a sender names one message (docs/wire.md, key 1). Unique for good.
struct MessageKey {
  InstitutionCode institution;
  std::string infno;  // "2102"; "import" for import lines
  std::string msgid;  // 1-30 characters, never parsed
  auto operator<=>(const MessageKey&) const = default;
};

// First 16 bytes of SHA-256 over a message or business key; the key index is keyed by it.
using KeyHash = std::array<std::uint8_t, 16>;
// The key under which an undo (2601) of the message `key` is found: a repeat of that message must
// answer "reversed". Flipping every bit keeps the two apart as surely as the hash itself does.
constexpr KeyHash undone_marker(KeyHash key) {
  for (auto& byte : key) byte = static_cast<std::uint8_t>(~byte);
  return key;
}
// SHA-256 of the canonical business input.
using Digest = std::array<std::uint8_t, 32>;

}  // namespace gongji

template <class Tag>
struct std::hash<gongji::TextId<Tag>> {
  std::size_t operator()(const gongji::TextId<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.text());
  }
};
template <class Tag>
struct std::hash<gongji::NumberId<Tag>> {
  std::size_t operator()(const gongji::NumberId<Tag>& id) const noexcept {
    return std::hash<std::uint64_t>{}(id.number());
  }
};
