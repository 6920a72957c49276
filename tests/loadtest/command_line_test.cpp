#include "loadtest/command_line.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace gongji::loadtest {
namespace {

std::optional<int> parsed(std::vector<std::string> arguments, LoadOptions& options) {
  arguments.insert(arguments.begin(), "gongji-load");
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  return parse_command_line(static_cast<int>(argv.size()), argv.data(), options);
}

TEST(CommandLine, fills_the_options) {
  LoadOptions options;
  EXPECT_FALSE(parsed({"--http",
                       "127.0.0.1:8080",
                       "--tcp",
                       "[::1]:8090",
                       "--profile",
                       "zipf",
                       "--depth",
                       "64",
                       "--duration_s",
                       "30",
                       "--warmup_s",
                       "5",
                       "--rate",
                       "1000",
                       "--arrivals",
                       "poisson",
                       "--families",
                       "10",
                       "--audit",
                       "--token-file",
                       "t",
                       "--html",
                       "r.html"},
                      options));
  EXPECT_EQ(options.http, (Address{"127.0.0.1", 8080}));
  EXPECT_EQ(options.tcp, (Address{"::1", 8090}));
  EXPECT_EQ(options.profile, ProfileName::kZipf);
  EXPECT_EQ(options.depth, 64u);
  EXPECT_EQ(options.duration_s.count(), 30);
  EXPECT_EQ(options.warmup_s.count(), 5);
  EXPECT_EQ(options.rate, 1000);
  EXPECT_EQ(options.arrivals, Arrivals::kPoisson);
  EXPECT_EQ(options.families, 10u);
  EXPECT_TRUE(options.audit);
  EXPECT_EQ(options.token_file, "t");
  EXPECT_EQ(options.html_file, "r.html");
  EXPECT_TRUE(options.command_line.starts_with("gongji-load --http 127.0.0.1:8080"));
}

TEST(CommandLine, ends_with_0_after_help_and_with_2_when_unusable) {
  const std::vector<std::vector<std::string>> unusable{
      {},
      {"--http", "nowhere"},
      {"--http", "127.0.0.1:8080", "--profile", "deadline"},
      {"--http", "127.0.0.1:8080", "--depth", "many"},
      {"--http", "127.0.0.1:8080", "--timeout_ms", "0"},
      {"--http", "127.0.0.1:8080", "--unknown"},
  };
  for (const auto& arguments : unusable) {
    LoadOptions options;
    EXPECT_EQ(parsed(arguments, options), 2);
  }
  LoadOptions options;
  EXPECT_EQ(parsed({"--help"}, options), 0);
}

}  // namespace
}  // namespace gongji::loadtest
