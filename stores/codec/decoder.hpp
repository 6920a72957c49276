// Reads what a description names (codec/fields.hpp) out of bytes that may be hostile: every length
// is checked, every enumeration and tag must be known, and only the spelling the Encoder would have
// chosen is accepted, so what decodes encodes to the same bytes again. After a failure everything
// reads as zero or empty; ask finish() once. One thread; the bytes must outlive it.
#pragma once

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/ids.hpp"
#include "domain/money.hpp"
#include "domain/result.hpp"
#include "domain/time.hpp"
#include "stores/codec/bytes.hpp"
#include "stores/codec/enum_values.hpp"
#include "stores/codec/fields.hpp"
#include "stores/codec/hex.hpp"

namespace gongji::stores {

class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : in_(bytes) {}

  [[nodiscard]] ByteReader& bytes() { return in_; }
  // The decoded thing, or why the bytes were refused; bytes left over are refused too.
  template <class T>
  Result<T, DecodeError> finish(T decoded) const {
    if (!in_.at_end()) return in_.error();
    return decoded;
  }

  template <class... T>
  void operator()(T&... values) {
    (read(values), ...);
  }

  template <class... Flag>
  void bits(Flag&... flags) {
    static_assert((kFlagBits<Flag> + ...) <= 8);
    unsigned byte = in_.byte();
    ((set(flags, byte), byte >>= kFlagBits<Flag>), ...);
    if (byte != 0) in_.fail("unknown flag");
  }
  template <class T>
  void if_present(std::optional<T>& value) {
    if (value) read(*value);
  }
  void hex(std::string& text) {
    const std::uint64_t head = in_.varint();
    const std::string_view bytes = in_.raw(head >> 1);
    text = head & 1 ? to_hex(bytes) : std::string{bytes};
    if (head == 1 || (!(head & 1) && is_hex(text))) in_.fail("hash in the wrong form");
  }
  void instant_near(Instant& instant, Instant anchor) {
    const auto from = static_cast<std::uint64_t>(anchor.time_since_epoch().count());
    const auto distance = static_cast<std::uint64_t>(in_.signed_varint());
    instant = Instant{std::chrono::milliseconds{static_cast<std::int64_t>(from + distance)}};
  }

 private:
  void read(std::string& text) { text = in_.raw(in_.varint()); }
  void read(int& number) {
    const std::int64_t value = in_.signed_varint();
    if (value < INT32_MIN || value > INT32_MAX) return in_.fail("number out of range");
    number = static_cast<int>(value);
  }
  void read(std::uint32_t& number) {
    const std::uint64_t value = in_.varint();
    if (value > std::numeric_limits<std::uint32_t>::max()) return in_.fail("number too large");
    number = static_cast<std::uint32_t>(value);
  }
  void read(Fen& amount) { amount = Fen{in_.signed_varint()}; }
  void read(Instant& instant) { instant = Instant{std::chrono::milliseconds{in_.signed_varint()}}; }
  void read(CivilDate& date) {
    constexpr std::int64_t kDaysMax = 10'000'000;  // some 27,000 years: what a CivilDate can hold
    const std::int64_t days = in_.signed_varint();
    if (days < -kDaysMax || days > kDaysMax) return in_.fail("no such date");
    date = CivilDate{std::chrono::sys_days{std::chrono::days{static_cast<int>(days)}}};
  }
  template <std::size_t kSize>
  void read(std::array<std::uint8_t, kSize>& bytes) {
    const std::string_view taken = in_.raw(kSize);
    std::copy(taken.begin(), taken.end(), bytes.begin());
  }
  template <class Kind>
  void read(NumberId<Kind>& id) {
    id = NumberId<Kind>{in_.varint()};
  }
  template <class Kind>
  void read(TextId<Kind>& id) {
    id = TextId<Kind>{read_id()};
  }
  template <class T>
  void read(std::vector<T>& values) {
    // Everything takes at least a byte, so a hostile count ends here or at the end of the bytes.
    const std::uint64_t count = in_.varint();
    if (count > in_.remaining()) return in_.fail("count too large");
    values.clear();
    for (std::uint64_t i = 0; i < count && in_.ok(); ++i) read(values.emplace_back());
  }
  template <class... Alternative>
  void read(std::variant<Alternative...>& choice) {
    const std::uint8_t tag = in_.byte();
    if (!(read_if<Alternative>(tag, choice) || ...)) in_.fail("unknown tag");
  }
  template <class Alternative, class Variant>
  bool read_if(std::uint8_t tag, Variant& choice) {
    if (tag != Tag<Alternative>::value) return false;
    read(choice.template emplace<Alternative>());
    return true;
  }
  template <class T>
  void read(T& value) {
    if constexpr (std::is_enum_v<T>) {
      value = static_cast<T>(in_.byte());
      if (!is_known(value)) in_.fail("unknown enumerator");
    } else {
      describe(*this, value);
    }
  }

  std::string_view read_id() {
    const std::uint64_t head = in_.varint();
    const auto known = ids_.begin() + static_cast<std::ptrdiff_t>(remembered_);
    if (head & 1) {
      if (head >> 1 < remembered_) return ids_[head >> 1];
      return in_.fail("id refers to nothing"), std::string_view{};
    }
    const std::string_view id = in_.raw(head >> 1);
    if (std::find(ids_.begin(), known, id) != known) in_.fail("id spelled out twice");
    if (!id.empty() && remembered_ < ids_.size()) ids_[remembered_++] = id;
    return id;
  }

  static void set(bool& flag, unsigned bits) { flag = (bits & 1U) != 0; }
  void set(std::optional<bool>& flag, unsigned bits) {
    flag.reset();
    if (bits & 1U)
      flag = (bits & 2U) != 0;
    else if (bits & 2U)
      in_.fail("value of an absent flag");
  }
  template <class T>
  static void set(std::optional<T>& value, unsigned bits) {
    value.reset();
    if (bits & 1U) value.emplace();
  }

  ByteReader in_;
  std::array<std::string_view, kRememberedIdsMax> ids_;
  std::size_t remembered_ = 0;
};

}  // namespace gongji::stores
