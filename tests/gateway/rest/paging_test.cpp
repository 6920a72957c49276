#include "gateway/rest/paging.hpp"

#include <gtest/gtest.h>

namespace gongji::gateway::rest {
namespace {

TEST(Cursors, CarryAPlaceOfOneList) {
  for (const std::uint64_t place : {1ull, 255ull, 1'000'000'007ull, ~0ull}) {
    const std::string cursor = make_cursor('P', Sequence{place});
    EXPECT_EQ(read_cursor('P', cursor), Sequence{place});
    EXPECT_FALSE(read_cursor('N', cursor));
    EXPECT_EQ(cursor.find_first_of("+/="), std::string::npos);
  }
  for (const char* wrong : {"", "x", "AAAAAAAAAAAA", "AAAA AAAAAAA", "UAAAAAAAAAAAA"})
    EXPECT_FALSE(read_cursor('P', wrong)) << wrong;
}

TEST(Lists, HaveItemsAndACursor) {
  EXPECT_EQ(list_json({}, std::nullopt), R"({"items":[],"next_cursor":null})");
  EXPECT_EQ(list_json({"{}", "1"}, "c"), R"({"items":[{},1],"next_cursor":"c"})");
}

TEST(Numbers, AreBounded) {
  Call call;
  call.target = *parse_target("/v1/x?limit=10&wait=abc&after=18446744073709551616");
  EXPECT_EQ(read_number(call, "limit", 1, 10).value(), 10u);
  EXPECT_EQ(read_number(call, "absent", 7, 10).value(), 7u);
  EXPECT_FALSE(read_number(call, "limit", 1, 9));
  EXPECT_FALSE(read_number(call, "wait", 1, 9));
  EXPECT_FALSE(read_number(call, "after", 1, ~0ull));
}

}  // namespace
}  // namespace gongji::gateway::rest
