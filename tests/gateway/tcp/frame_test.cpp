#include "gateway/tcp/frame.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace gongji::gateway {
namespace {

using namespace std::string_literals;

TEST(Frame, IsTheDocumentedExample) {
  std::string bytes;
  append_frame(bytes, 7, "{}");
  EXPECT_EQ(bytes, "\0\0\0\x02\0\0\0\0\0\0\0\x07{}"s);
}

RC_GTEST_PROP(Frame, ReadsWhatItWrote, (std::uint64_t correlation_id, const std::string& payload)) {
  std::string bytes;
  append_frame(bytes, correlation_id, payload);
  const FrameHead head = read_frame_head(bytes);
  RC_ASSERT(head.correlation_id == correlation_id);
  RC_ASSERT(head.payload_bytes == payload.size());
  RC_ASSERT(bytes.substr(kFrameHeadBytes) == payload);
}

}  // namespace
}  // namespace gongji::gateway
