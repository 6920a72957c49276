#include "loadtest/client/frame.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace gongji::loadtest {
namespace {

TEST(Frame, is_length_correlation_and_payload_in_big_endian) {
  std::string bytes;
  append_frame(bytes, 0x0102030405060708, "hi");
  EXPECT_EQ(bytes, std::string("\0\0\0\2\1\2\3\4\5\6\7\10hi", 14));
}

RC_GTEST_PROP(Frame, comes_back_as_it_went_however_it_is_cut, ()) {
  const auto payloads = *rc::gen::arbitrary<std::vector<std::string>>();
  std::string bytes;
  for (std::size_t i = 0; i < payloads.size(); ++i) append_frame(bytes, i, payloads[i]);
  std::string unread;
  std::size_t seen = 0;
  for (const char byte : bytes) {
    unread += byte;
    std::string_view rest = unread;
    const auto cut = cut_frame(rest);
    RC_ASSERT(cut.ok());
    if (!cut->has_value()) continue;
    RC_ASSERT((*cut)->correlation == seen);
    RC_ASSERT((*cut)->payload == payloads[seen]);
    unread = std::string{rest};
    ++seen;
  }
  RC_ASSERT(seen == payloads.size());
}

TEST(Frame, refuses_a_length_that_cannot_be_one) {
  std::string_view bytes = "HTTP/1.1 400 Bad Request";
  EXPECT_FALSE(cut_frame(bytes).ok());
}

}  // namespace
}  // namespace gongji::loadtest
