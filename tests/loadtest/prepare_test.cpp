#include "loadtest/prepare.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/loadtest/support/fake_gateway.hpp"

namespace gongji::loadtest {
namespace {

TEST(Prepare, imports_every_family_and_single_once) {
  FakeGateway gateway{FakeGateway::Speaks::kHttp};
  std::uint64_t last_done = 0;
  const auto prepared =
      prepare_population(gateway.address(), "token", {6000, 20}, [&](auto done, auto all) {
        EXPECT_GT(done, last_done);
        EXPECT_LE(done, all);
        last_done = done;
      });
  ASSERT_TRUE(prepared.ok()) << prepared.error();
  constexpr std::uint64_t kLines = 6000 * 3 + 20;
  EXPECT_EQ(prepared->lines, kLines);
  EXPECT_EQ(prepared->refused, 0u);
  EXPECT_EQ(last_done, kLines);
  EXPECT_EQ(prepared->persons, 6000u * 2 + 20);
  EXPECT_GT(prepared->persons_s, 0);
  const auto imported = gateway.imported_lines();
  EXPECT_EQ(std::set<std::string>(imported.begin(), imported.end()).size(), kLines);
  const auto first_network = std::find_if(
      imported.begin(), imported.end(),
      [](const std::string& line) { return line.find("network") != std::string::npos; });
  EXPECT_EQ(imported.end() - first_network, 6000);  // every person is in before the first network
}

TEST(Prepare, says_where_nobody_listens) {
  const auto prepared = prepare_population({"127.0.0.1", 1}, "token", {1, 0}, [](auto, auto) {});
  ASSERT_FALSE(prepared.ok());
  EXPECT_NE(prepared.error().find("127.0.0.1:1"), std::string::npos);
}

}  // namespace
}  // namespace gongji::loadtest
