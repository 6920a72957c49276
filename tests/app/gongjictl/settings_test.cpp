#include "app/gongjictl/settings.hpp"

#include <gtest/gtest.h>

namespace gongji::ctl {
namespace {

TEST(UrlEscaped, leaves_nothing_that_a_url_reads_otherwise) {
  EXPECT_EQ(url_escaped("demo-1.a_b~"), "demo-1.a_b~");
  EXPECT_EQ(url_escaped("/a b&c=d?#"), "%2Fa%20b%26c%3Dd%3F%23");
}

TEST(GatewayClient, says_what_is_wrong_with_its_settings) {
  Settings settings;
  settings.url = "nowhere";
  EXPECT_FALSE(gateway_client(settings).ok());
  settings.url = "http://127.0.0.1:8080";
  settings.token_file = "/nowhere/token";
  const auto client = gateway_client(settings);
  ASSERT_FALSE(client.ok());
  EXPECT_NE(client.error().find("/nowhere/token"), std::string::npos);
}

}  // namespace
}  // namespace gongji::ctl
