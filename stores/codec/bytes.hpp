// The smallest words of the on-disk formats: bytes, varints, zigzag varints, big-endian integers.
// docs/formats/journal.md draws them. The writer appends to a string its caller owns; the reader
// looks at bytes its caller owns. Reading past the end, or a spelling the writer would not have
// used, makes the reader fail for good: every later read gives zero and at_end() never holds, so a
// decoder checks once, at its end, and hostile bytes never lead outside the buffer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace gongji::stores {

// Why bytes could not be read, and at which byte.
struct DecodeError {
  std::string what;
  std::size_t offset = 0;
  [[nodiscard]] std::string text() const { return what + " at byte " + std::to_string(offset); }
};

class ByteWriter {
 public:
  explicit ByteWriter(std::string& out) : out_(out) {}

  void byte(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
  void raw(std::string_view bytes) { out_.append(bytes); }
  void raw(std::span<const std::uint8_t> bytes) {
    out_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }

  // Seven bits a byte, lowest first; the top bit says that more follow.
  void varint(std::uint64_t value) {
    char buffer[10];
    std::size_t size = 0;
    for (; value >= 0x80; value >>= 7) buffer[size++] = static_cast<char>(value | 0x80);
    buffer[size++] = static_cast<char>(value);
    out_.append(buffer, size);
  }
  // Zigzag (0, -1, 1, -2, …), so that small negative numbers stay short.
  void signed_varint(std::int64_t value) {
    const auto bits = static_cast<std::uint64_t>(value);
    varint((bits << 1) ^ (value < 0 ? ~std::uint64_t{0} : 0));
  }
  template <class Integer>
  void big_endian(Integer value) {
    for (std::size_t i = sizeof value; i-- > 0;) byte(static_cast<std::uint8_t>(value >> (8 * i)));
  }

 private:
  std::string& out_;
};

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] bool ok() const { return failure_ == nullptr; }
  [[nodiscard]] bool at_end() const { return ok() && at_ == bytes_.size(); }
  [[nodiscard]] std::size_t remaining() const { return ok() ? bytes_.size() - at_ : 0; }
  [[nodiscard]] DecodeError error() const { return {ok() ? "bytes left over" : failure_, at_}; }
  // `why` must live for ever (a literal). The first failure is the one that is told.
  void fail(const char* why) {
    if (ok()) failure_ = why;
  }

  std::uint8_t byte() {
    if (remaining() == 0) return fail("ends too early"), std::uint8_t{0};
    return static_cast<std::uint8_t>(bytes_[at_++]);
  }
  std::string_view raw(std::uint64_t size) {
    if (size > remaining()) return fail("ends too early"), std::string_view{};
    const std::string_view taken = bytes_.substr(at_, size);
    at_ += size;
    return taken;
  }

  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::uint8_t next = byte();
      if (shift == 63 && next > 1) break;  // beyond 64 bits
      value |= static_cast<std::uint64_t>(next & 0x7f) << shift;
      if (next < 0x80) {
        if (next == 0 && shift > 0) break;  // an overlong spelling
        return value;
      }
    }
    return fail("bad varint"), std::uint64_t{0};
  }
  std::int64_t signed_varint() {
    const std::uint64_t bits = varint();
    return static_cast<std::int64_t>((bits >> 1) ^ (~(bits & 1) + 1));
  }
  template <class Integer>
  Integer big_endian() {
    Integer value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i)
      value = static_cast<Integer>(static_cast<Integer>(value << 8) | byte());
    return value;
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  const char* failure_ = nullptr;
};

}  // namespace gongji::stores
