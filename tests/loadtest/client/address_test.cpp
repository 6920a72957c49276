#include "loadtest/client/address.hpp"

#include <gtest/gtest.h>

namespace gongji::loadtest {
namespace {

TEST(Address, is_read_as_people_write_it) {
  EXPECT_EQ(*parse_address("127.0.0.1:8080"), (Address{"127.0.0.1", 8080}));
  EXPECT_EQ(*parse_address("http://localhost:8080/"), (Address{"localhost", 8080}));
  EXPECT_EQ(*parse_address("[::1]:9"), (Address{"::1", 9}));
  EXPECT_EQ((Address{"::1", 9}).text(), "[::1]:9");
}

TEST(Address, is_refused_with_an_example) {
  for (const char* text : {"", "127.0.0.1", ":8080", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:70000",
                           "h:80x", "http://h:80/path"}) {
    const auto parsed = parse_address(text);
    ASSERT_FALSE(parsed.ok()) << text;
    EXPECT_NE(parsed.error().find("127.0.0.1:8080"), std::string::npos);
  }
}

}  // namespace
}  // namespace gongji::loadtest
