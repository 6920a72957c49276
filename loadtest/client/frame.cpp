#include "loadtest/client/frame.hpp"

namespace gongji::loadtest {
namespace {

void put_big_endian(std::string& out, std::uint64_t value, unsigned bytes) {
  for (unsigned i = bytes; i-- > 0;) out += static_cast<char>((value >> (8 * i)) & 0xff);
}

std::uint64_t get_big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

}  // namespace

void append_frame(std::string& out, std::uint64_t correlation, std::string_view payload) {
  put_big_endian(out, payload.size(), 4);
  put_big_endian(out, correlation, 8);
  out += payload;
}

Result<std::optional<Frame>, std::string> cut_frame(std::string_view& bytes) {
  if (bytes.size() < kFrameHeadBytes) return std::optional<Frame>{};
  const std::uint64_t length = get_big_endian(bytes.substr(0, 4));
  if (length > kAnswerBytesMax)
    return "a frame of " + std::to_string(length) + " bytes: this is not a frame listener";
  if (bytes.size() < kFrameHeadBytes + length) return std::optional<Frame>{};
  const Frame frame{get_big_endian(bytes.substr(4, 8)), bytes.substr(kFrameHeadBytes, length)};
  bytes.remove_prefix(kFrameHeadBytes + length);
  return std::optional<Frame>{frame};
}

}  // namespace gongji::loadtest
