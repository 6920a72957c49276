#include "gateway/http/router.hpp"

#include <gtest/gtest.h>

namespace gongji::gateway {
namespace {

Router sample() {
  Router router;
  for (const char* const prefix : {"/v1", "/fsi/api", "/v1/import"}) {
    Route route;
    route.prefix = prefix;
    route.methods = {"POST", "PUT"};
    router.add(std::move(route));
  }
  return router;
}

TEST(Router, TakesTheLongestPrefixOnWholeSegments) {
  const Router router = sample();
  const struct {
    const char* path;
    const char* prefix;  // null: unknown
  } rows[] = {
      {"/fsi/api", "/fsi/api"},
      {"/fsi/api/2102", "/fsi/api"},
      {"/fsi/api/service/method", "/fsi/api"},
      {"/fsi/apix", nullptr},
      {"/fsi", nullptr},
      {"/", nullptr},
      {"/v1", "/v1"},
      {"/v1/persons/3", "/v1"},
      {"/v1/import", "/v1/import"},
      {"/v1/imports", "/v1"},
  };
  for (const auto& row : rows) {
    const auto match = router.match("POST", row.path);
    if (row.prefix == nullptr) {
      EXPECT_EQ(match.route, nullptr) << row.path;
    } else {
      ASSERT_NE(match.route, nullptr) << row.path;
      EXPECT_EQ(match.route->prefix, row.prefix) << row.path;
    }
  }
}

TEST(Router, KnowsTheMethodsOfAPath) {
  const Router router = sample();
  EXPECT_TRUE(router.match("PUT", "/v1").method_allowed);
  EXPECT_FALSE(router.match("GET", "/v1").method_allowed);
  EXPECT_FALSE(router.match("post", "/v1").method_allowed);
  EXPECT_EQ(router.match("GET", "/v1").route->allow, "POST, PUT");
  EXPECT_FALSE(router.match("POST", "/unknown").method_allowed);
}

}  // namespace
}  // namespace gongji::gateway
