#include "gateway/tcp/frame.hpp"

namespace gongji::gateway {
namespace {

std::uint64_t read_big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

void append_big_endian(std::string& output, std::uint64_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    output.push_back(static_cast<char>(value >> shift & 0xff));
  }
}

}  // namespace

FrameHead read_frame_head(std::string_view bytes) {
  return {static_cast<std::uint32_t>(read_big_endian(bytes.substr(0, 4))),
          read_big_endian(bytes.substr(4, 8))};
}

void append_frame(std::string& output, std::uint64_t correlation_id, std::string_view payload) {
  append_big_endian(output, payload.size(), 4);
  append_big_endian(output, correlation_id, 8);
  output.append(payload);
}

}  // namespace gongji::gateway
