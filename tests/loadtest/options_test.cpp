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

TEST(CompleteOptions, takes_the_years_from_the_calendar) {
  using namespace std::chrono;
  struct Row {
    CivilDate today;
    int premium_year, roll_year;
  };
  const Row rows[] = {{2026y / June / 30, 2027, 2025}, {2026y / July / 1, 2027, 2026}};
  for (const Row& row : rows) {
    LoadOptions deadline = usable();
    deadline.profile = ProfileName::kDeadlineDay;
    deadline.token_file = "t";
    LoadOptions july = deadline;
    july.profile = ProfileName::kJulyFirst;
    ASSERT_TRUE(complete_options(deadline, row.today).ok());
    ASSERT_TRUE(complete_options(july, row.today).ok());
    EXPECT_EQ(deadline.premium_year, row.premium_year);
    EXPECT_EQ(july.roll_year, row.roll_year);
  }
}

TEST(CompleteOptions, a_soak_is_the_nation_and_always_audited) {
  LoadOptions soak = usable();
  soak.profile = ProfileName::kSoak;
  soak.token_file = "t";
  soak.duration_s = std::chrono::seconds{5};
  ASSERT_TRUE(complete_options(soak).ok());
  EXPECT_TRUE(soak.audit);
  EXPECT_TRUE(soak.institution.starts_with('H'));
  EXPECT_EQ(soak.singles, 10 * soak.families);
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
      {"--token-file", [](LoadOptions& o) { o.profile = ProfileName::kDeadlineDay; }},
      {"--tcp",
       [](LoadOptions& o) {
         o.profile = ProfileName::kDeadlineDay, o.token_file = "t", o.tcp = o.http;
       }},
      {"--duration_s",
       [](LoadOptions& o) {
         o.profile = ProfileName::kDeadlineDay, o.token_file = "t", o.rate = 5, o.count = 5;
       }},
      {"--token-file", [](LoadOptions& o) { o.profile = ProfileName::kJulyFirst; }},
      {"--roll_after_s",
       [](LoadOptions& o) {
         o.profile = ProfileName::kJulyFirst, o.token_file = "t";
         o.duration_s = 5s, o.roll_after_s = 5s;
       }},
      {"--duration_s", [](LoadOptions& o) { o.profile = ProfileName::kSoak, o.count = 5; }},
      {"--token-file", [](LoadOptions& o) { o.profile = ProfileName::kSoak, o.duration_s = 5s; }},
      {"--interval_s",
       [](LoadOptions& o) {
         o.profile = ProfileName::kSoak, o.token_file = "t", o.duration_s = 5s, o.interval_s = 0s;
       }},
      {"--server_pid",
       [](LoadOptions& o) {
         o.profile = ProfileName::kSoak, o.token_file = "t", o.duration_s = 5s, o.growth_max_mb = 1;
       }},
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
  EXPECT_EQ(profile_names().size(), 8u);
  for (const std::string& text : profile_names()) {
    const auto profile = profile_from_text(text);
    ASSERT_TRUE(profile) << text;
    EXPECT_EQ(to_text(*profile), text);
  }
  EXPECT_FALSE(profile_from_text("deadline"));
}

}  // namespace
}  // namespace gongji::loadtest
