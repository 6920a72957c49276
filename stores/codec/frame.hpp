// One group of records as the journal keeps it, in one value:
//
//   byte   0  format version (1)
//          1  chain: SHA-256 of everything from byte 33 to the end     32 bytes
//         33  chain of the group before; zeros for the first group     32 bytes
//         65  epoch of the writer                                      u64, big-endian
//         73  sequence of the first record                             u64, big-endian
//         81  number of records                                        u32, big-endian
//         85  the records: length (u32, big-endian), bytes (record_codec.hpp), …
//
// So no group can be changed, removed or put elsewhere without the chain telling. Pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "domain/record.hpp"
#include "domain/result.hpp"
#include "stores/codec/bytes.hpp"

namespace gongji::stores {

constexpr std::uint8_t kFrameVersion = 1;

struct FrameHeader {
  Digest chain{};
  Digest previous_chain{};
  Epoch epoch;
  Sequence first;
  std::uint32_t count = 0;

  [[nodiscard]] Sequence last() const { return Sequence{first.number() + count - 1}; }
  [[nodiscard]] bool holds(Sequence sequence) const {
    return first <= sequence && sequence <= last();
  }
};

// Writes the group over `out` and returns its header, chain included. `records` is not empty.
FrameHeader encode_frame(Epoch epoch, const Digest& previous_chain,
                         std::span<const RecordPtr> records, std::string& out);

// The header alone; looks at neither the records nor the chain.
Result<FrameHeader, DecodeError> decode_frame_header(std::string_view frame);

// What the chain of these bytes must be.
Digest chain_of(std::string_view frame);

// Goes through the records of a group whose header was read. The bytes must outlive it.
class FrameRecords {
 public:
  FrameRecords(std::string_view frame, const FrameHeader& header);

  [[nodiscard]] bool at_end() const { return next_ > header_.last(); }
  [[nodiscard]] Sequence next_sequence() const { return next_; }
  // The next record; an error when it cannot be read, is not the one its place says or lies in a
  // group that has more bytes than records.
  Result<RecordPtr, DecodeError> next();
  // The version of the next record, which stays the next one.
  [[nodiscard]] std::uint8_t next_version() const;
  // Past records without reading them, up to `sequence`.
  void skip_to(Sequence sequence);

 private:
  std::string_view next_bytes();

  FrameHeader header_;
  ByteReader in_;
  Sequence next_;
};

}  // namespace gongji::stores
