// The TCP form of a message: u32 payload length | u64 correlation id | payload, both numbers
// big-endian. A reply carries its request's correlation id; replies may come in any order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/result.hpp"

namespace gongji::loadtest {

constexpr std::size_t kFrameHeadBytes = 12;
constexpr std::size_t kAnswerBytesMax = 16u << 20;  // a longer answer means we lost the framing

struct Frame {
  std::uint64_t correlation = 0;
  std::string_view payload;
};

void append_frame(std::string& out, std::uint64_t correlation, std::string_view payload);

// Takes one whole frame off the front of `bytes`, which the frame then points into. Nothing when
// more bytes are needed; an error when the length cannot be one.
Result<std::optional<Frame>, std::string> cut_frame(std::string_view& bytes);

}  // namespace gongji::loadtest
