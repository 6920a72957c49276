// TCP frames: a stream of any bytes is frames with nothing between them, and what was read is
// written back as it came.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "gateway/tcp/frame.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gongji::gateway;
  std::string_view stream{reinterpret_cast<const char*>(data), size};
  while (stream.size() >= kFrameHeadBytes) {
    const FrameHead head = read_frame_head(stream);
    if (head.payload_bytes > stream.size() - kFrameHeadBytes) return 0;
    const std::string_view frame = stream.substr(0, kFrameHeadBytes + head.payload_bytes);
    std::string again;
    append_frame(again, head.correlation_id, frame.substr(kFrameHeadBytes));
    if (again != frame) std::abort();
    stream.remove_prefix(frame.size());
  }
  return 0;
}
