#include "gateway/rest/request_target.hpp"

#include <gtest/gtest.h>

namespace gongji::gateway::rest {
namespace {

TEST(RequestTarget, IsTakenApartAndDecoded) {
  const auto target =
      parse_target("/v1//persons/%E5%BC%A0%20a/?batch=b%3D1&x&first_line=2&batch=c");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->segments, (std::vector<std::string>{"v1", "persons", "张 a"}));
  EXPECT_EQ(target->parameter("batch"), "b=1");
  EXPECT_EQ(target->parameter("x"), "");
  EXPECT_EQ(target->parameter("first_line"), "2");
  EXPECT_EQ(target->parameter("nothing"), "");
}

TEST(RequestTarget, ADecodedSlashDoesNotMakeASegment) {
  const auto target = parse_target("/v1/persons/a%2Fb");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->segments.size(), 3u);
}

TEST(RequestTarget, BrokenEscapesAreRefused) {
  for (const char* text : {"/v1/%", "/v1/%4", "/v1/%4x", "/v1/%x4", "/v1?a=%", "/v1?%=1"})
    EXPECT_FALSE(parse_target(text)) << text;
}

}  // namespace
}  // namespace gongji::gateway::rest
