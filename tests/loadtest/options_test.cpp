#include "loadtest/options.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace gongji::loadtest {
namespace {

LoadOptions usable() {
  LoadOptions options;
  options.http = Address{"127.0.0.1", 8080};
  return options;
}

TEST(CompleteOptions, fills_what_follows) {
  LoadOptions options = usable();
  ASSERT_TRUE(complete_options(options).ok());
  EXPECT_EQ(options.duration_s.count(), 10);
  EXPECT_TRUE(options.institution.starts_with('P'));
  EXPECT_EQ(options.singles, 0u);

  LoadOptions nation = usable();
  nation.profile = ProfileName::kNation;
  ASSERT_TRUE(complete_options(nation).ok());
  EXPECT_TRUE(nation.institution.starts_with('H'));
  EXPECT_EQ(nation.singles, 10 * nation.families);
}

TEST(CompleteOptions, prepares_only_when_nothing_else_was_asked) {
  LoadOptions options = usable();
  options.prepare = true;
  options.token_file = "t";
  ASSERT_TRUE(complete_options(options).ok());
  EXPECT_TRUE(options.prepare_only());
  options.count = 5;
  EXPECT_FALSE(options.prepare_only());
}

struct Unusable {
  const char* names;  // what the sentence must speak of
  std::function<void(LoadOptions&)> spoil;
};

TEST(CompleteOptions, refuses_what_does_not_fit_together) {
  using namespace std::chrono_literals;
  const Unusable rows[] = {
      {"--http", [](LoadOptions& o) { o.http.reset(); }},
      {"--http",
       [](LoadOptions& o) { o.audit = true, o.token_file = "t", o.tcp = o.http, o.http.reset(); }},
      {"--token-file", [](LoadOptions& o) { o.audit = true; }},
      {"--connections", [](LoadOptions& o) { o.connections = 0; }},
      {"--threads", [](LoadOptions& o) { o.threads = 65; }},
      {"--count", [](LoadOptions& o) { o.count = 1, o.threads = 2; }},
      {"--rate", [](LoadOptions& o) { o.profile = ProfileName::kPharmacyPeak, o.duration_s = 5s; }},
      {"--warmup_s", [](LoadOptions& o) { o.duration_s = 5s, o.warmup_s = 5s; }},
      {"--institution", [](LoadOptions& o) { o.institution = "P3101010000123"; }},
  };
  for (const Unusable& row : rows) {
    LoadOptions options = usable();
    row.spoil(options);
    const auto complete = complete_options(options);
    ASSERT_FALSE(complete.ok()) << row.names;
    EXPECT_NE(complete.error().find(row.names), std::string::npos) << complete.error();
  }
}

TEST(ProfileName, has_a_text_each) {
  for (const char* text : {"uniform", "one-hot-family", "zipf", "nation", "pharmacy-peak"}) {
    const auto profile = profile_from_text(text);
    ASSERT_TRUE(profile) << text;
    EXPECT_EQ(to_text(*profile), text);
  }
  EXPECT_FALSE(profile_from_text("deadline"));
}

}  // namespace
}  // namespace gongji::loadtest
