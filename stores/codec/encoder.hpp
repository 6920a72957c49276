// Writes what a description names (codec/fields.hpp), appending to the caller's string. Keep one
// Encoder per record or image: it remembers the ids it has written. Those ids must stay alive and
// unchanged while it lives. One thread.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/ids.hpp"
#include "domain/money.hpp"
#include "domain/time.hpp"
#include "stores/codec/bytes.hpp"
#include "stores/codec/fields.hpp"
#include "stores/codec/hex.hpp"

namespace gongji::stores {

class Encoder {
 public:
  explicit Encoder(std::string& out) : out_(out) {}

  template <class... T>
  void operator()(const T&... values) {
    (write(values), ...);
  }

  template <class... Flag>
  void bits(const Flag&... flags) {
    static_assert((kFlagBits<Flag> + ...) <= 8);
    unsigned byte = 0;
    unsigned at = 0;
    ((byte |= bits_of(flags) << at, at += kFlagBits<Flag>), ...);
    out_.byte(static_cast<std::uint8_t>(byte));
  }
  template <class T>
  void if_present(const std::optional<T>& value) {
    if (value) write(*value);
  }
  void hex(const std::string& text) {
    if (!is_hex(text)) {
      out_.varint(text.size() << 1);
      return out_.raw(text);
    }
    out_.varint(text.size() | 1);  // even, so this is (bytes << 1) | 1
    out_.raw(from_hex(text));
  }
  void instant_near(Instant instant, Instant anchor) {
    // Unsigned, so that no pair of instants overflows.
    const auto from = static_cast<std::uint64_t>(anchor.time_since_epoch().count());
    const auto to = static_cast<std::uint64_t>(instant.time_since_epoch().count());
    out_.signed_varint(static_cast<std::int64_t>(to - from));
  }

 private:
  void write(const std::string& text) {
    out_.varint(text.size());
    out_.raw(text);
  }
  void write(std::uint32_t number) { out_.varint(number); }
  void write(int number) { out_.signed_varint(number); }
  void write(Fen amount) { out_.signed_varint(amount.count()); }
  void write(Instant instant) { out_.signed_varint(instant.time_since_epoch().count()); }
  void write(const CivilDate& date) {
    out_.signed_varint(std::chrono::sys_days{date}.time_since_epoch().count());
  }
  template <std::size_t kSize>
  void write(const std::array<std::uint8_t, kSize>& bytes) {
    out_.raw(bytes);
  }
  template <class Kind>
  void write(const NumberId<Kind>& id) {
    out_.varint(id.number());
  }
  template <class Kind>
  void write(const TextId<Kind>& id) {
    write_id(id.text());
  }
  template <class T>
  void write(const std::vector<T>& values) {
    out_.varint(values.size());
    for (const T& value : values) write(value);
  }
  template <class... Alternative>
  void write(const std::variant<Alternative...>& choice) {
    static_assert(TagsDiffer<std::variant<Alternative...>>::value);
    std::visit(
        [this](const auto& value) {
          out_.byte(Tag<std::remove_cvref_t<decltype(value)>>::value);
          write(value);
        },
        choice);
  }
  template <class T>
  void write(const T& value) {
    if constexpr (std::is_enum_v<T>)
      out_.byte(static_cast<std::uint8_t>(value));
    else
      describe(*this, value);
  }

  void write_id(std::string_view id) {
    for (std::size_t i = 0; i < remembered_; ++i)
      if (ids_[i] == id) return out_.varint(i << 1 | 1);
    if (!id.empty() && remembered_ < ids_.size()) ids_[remembered_++] = id;
    out_.varint(id.size() << 1);
    out_.raw(id);
  }

  static unsigned bits_of(bool flag) { return flag ? 1U : 0U; }
  static unsigned bits_of(const std::optional<bool>& flag) {
    return flag ? 1U | (*flag ? 2U : 0U) : 0U;
  }
  template <class T>
  static unsigned bits_of(const std::optional<T>& value) {
    return value ? 1U : 0U;
  }

  ByteWriter out_;
  std::array<std::string_view, kRememberedIdsMax> ids_;
  std::size_t remembered_ = 0;
};

}  // namespace gongji::stores
