#include "monitoring/ops_pages.hpp"

#include <gtest/gtest.h>

namespace gongji::monitoring {
namespace {

class OpsPagesTest : public testing::Test {
 protected:
  OpsPages pages(std::string token = "") {
    return {health_,
            {[] { return std::string{"gongji_actors 1\n"}; }, [this] { ++drained_; },
             [](std::int64_t after_ms) { return "{\"after\":" + std::to_string(after_ms) + "}"; }},
            std::move(token)};
  }
  Health health_;
  int drained_ = 0;
};

TEST_F(OpsPagesTest, metrics_are_prometheus_text) {
  const OpsResponse response = pages().handle("GET", "/metrics", "");
  EXPECT_EQ(response.status, 200U);
  EXPECT_EQ(response.content_type, "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(response.body, "gongji_actors 1\n");
}

TEST_F(OpsPagesTest, readiness_follows_health_and_names_what_is_in_the_way) {
  EXPECT_EQ(pages().handle("GET", "/readyz", "").status, 503U);
  EXPECT_EQ(pages().handle("GET", "/readyz", "").body, "not ready: replaying journal\n");
  health_.journal_replayed();
  EXPECT_EQ(pages().handle("GET", "/readyz", "").status, 200U);
  EXPECT_EQ(pages().handle("GET", "/readyz", "").body, "ok\n");
  health_.draining();
  health_.journal_failed();
  EXPECT_EQ(pages().handle("GET", "/readyz", "").status, 503U);
  EXPECT_EQ(pages().handle("GET", "/readyz", "").body, "not ready: journal failed, draining\n");
}

TEST_F(OpsPagesTest, verbose_lists_everything_that_was_looked_at) {
  const std::string replaying =
      "[-] replaying journal\n[+] not journal failed\n[+] not draining\n"
      "[+] not journal stalled\n[+] not disk low\nnot ready\n";
  EXPECT_EQ(pages().handle("GET", "/readyz", "verbose").body, replaying);
  EXPECT_EQ(pages().handle("GET", "/readyz", "verbose").status, 503U);
  EXPECT_EQ(pages().handle("GET", "/readyz", "a=b&verbose=1").body, replaying);
  EXPECT_NE(pages().handle("GET", "/readyz", "verbosely").body, replaying);
  health_.journal_replayed();
  EXPECT_EQ(pages().handle("GET", "/readyz", "verbose").body,
            "[+] not replaying journal\n[+] not journal failed\n[+] not draining\n"
            "[+] not journal stalled\n[+] not disk low\nready\n");
}

TEST_F(OpsPagesTest, liveness_ends_only_when_nothing_but_a_restart_helps) {
  for (const char* path : {"/livez", "/healthz"}) {
    EXPECT_EQ(pages().handle("GET", path, "").status, 200U) << "while replaying";
    Health failed;
    failed.journal_failed();
    OpsPages sick{failed, {}, ""};
    EXPECT_EQ(sick.handle("GET", path, "").status, 503U);
    EXPECT_EQ(sick.handle("GET", path, "").body, "journal failed\n");
  }
  health_.draining();
  EXPECT_EQ(pages().handle("GET", "/livez", "").status, 200U);
}

TEST_F(OpsPagesTest, draining_turns_readiness_red_at_once) {
  health_.journal_replayed();
  const OpsPages ops = pages();
  EXPECT_EQ(ops.handle("POST", "/admin/drain", "").status, 202U);
  EXPECT_EQ(drained_, 1);
  EXPECT_EQ(ops.handle("GET", "/readyz", "").status, 503U);
  EXPECT_EQ(ops.handle("POST", "/admin/drain", "").status, 202U) << "asking twice is harmless";
}

TEST_F(OpsPagesTest, a_page_answers_its_own_method_only) {
  EXPECT_EQ(pages().handle("GET", "/admin/drain", "").status, 405U);
  EXPECT_EQ(drained_, 0);
  EXPECT_FALSE(health_.has(Obstacle::kDraining));
  const OpsResponse response = pages().handle("POST", "/metrics", "");
  EXPECT_EQ(response.status, 405U);
  const std::pair<std::string, std::string> allow{"Allow", "GET"};
  EXPECT_EQ(response.headers.back(), allow);
  EXPECT_EQ(pages().handle("HEAD", "/livez", "").status, 200U);
  EXPECT_EQ(pages().handle("GET", "/nowhere", "").status, 404U);
  EXPECT_EQ(pages().handle("GET", "/metrics/", "").status, 404U);
}

TEST_F(OpsPagesTest, the_built_in_page_allows_nothing_but_its_own_scripts) {
  const OpsResponse response = pages().handle("GET", "/ops", "");
  EXPECT_EQ(response.content_type, "text/html; charset=utf-8");
  EXPECT_NE(response.body.find("<title>gongji</title>"), std::string::npos);
  EXPECT_NE(response.body.find("Chart.js v3"), std::string::npos) << "the library is inside";
  for (const char* outside : {"src=\"http", "href=\"http", "@import", "url(http"})
    EXPECT_EQ(response.body.find(outside), std::string::npos) << outside;
  std::string policy;
  for (const auto& [name, value] : response.headers)
    if (name == "Content-Security-Policy") policy = value;
  EXPECT_TRUE(policy.starts_with("default-src 'none'; script-src 'sha256-")) << policy;
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
}

TEST_F(OpsPagesTest, the_figures_are_asked_from_a_time_on) {
  const OpsResponse response = pages().handle("GET", "/ops/figures.json", "after=1795000000000");
  EXPECT_EQ(response.content_type, "application/json");
  EXPECT_EQ(response.body, "{\"after\":1795000000000}");
  EXPECT_EQ(pages().handle("GET", "/ops/figures.json", "after=x").body, "{\"after\":0}");
  EXPECT_EQ(pages().handle("GET", "/ops/figures.json", "").body, "{\"after\":0}");
}

TEST_F(OpsPagesTest, with_a_token_everything_but_the_probes_asks_for_it) {
  const OpsPages ops = pages("s3cret");
  for (const char* wrong :
       {"", "s3cret", "Bearer ", "Bearer s3cre", "Bearer s3crets", "Bearer S3cret"})
    EXPECT_EQ(ops.handle("GET", "/metrics", "", wrong).status, 401U) << wrong;
  EXPECT_EQ(ops.handle("POST", "/admin/drain", "").status, 401U);
  EXPECT_EQ(drained_, 0);
  EXPECT_EQ(ops.handle("GET", "/metrics", "", "Bearer s3cret").status, 200U);
  EXPECT_EQ(ops.handle("POST", "/admin/drain", "", "Bearer s3cret").status, 202U);
  EXPECT_EQ(ops.handle("GET", "/ops/figures.json", "").status, 401U);
  EXPECT_EQ(ops.handle("GET", "/ops", "").status, 200U) << "the page asks for the token itself";
  for (const char* probe : {"/livez", "/healthz", "/readyz"})
    EXPECT_NE(ops.handle("GET", probe, "").status, 401U) << probe;
}

}  // namespace
}  // namespace gongji::monitoring
