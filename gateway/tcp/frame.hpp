// The frame of the TCP transport, both directions; all integers big-endian:
//
//   0        4                12                    12 + length
//   +--------+-----------------+---------------------+
//   | length | correlation id  | payload: JSON       |
//   | u32    | u64             | `length` bytes      |
//   +--------+-----------------+---------------------+
//
// The sender chooses the correlation id; the answer carries the same one. Answers come in any
// order. Example: 00 00 00 02  00 00 00 00 00 00 00 07  7b 7d  is message 7 with the payload {}.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gongji::gateway {

constexpr std::size_t kFrameHeadBytes = 12;

struct FrameHead {
  std::uint32_t payload_bytes = 0;
  std::uint64_t correlation_id = 0;
};

// `bytes` holds at least kFrameHeadBytes.
[[nodiscard]] FrameHead read_frame_head(std::string_view bytes);
void append_frame(std::string& output, std::uint64_t correlation_id, std::string_view payload);

}  // namespace gongji::gateway
