#include "config/settings.hpp"

#include <gtest/gtest.h>

#include "tests/config/scratch_folder.hpp"
#include "tests/test_places.hpp"

namespace gongji::config {
namespace {

const std::filesystem::path kBuiltIn = std::filesystem::path{GONGJI_SOURCE_DIR} / "config";

Settings loaded(const Result<Settings, ConfigError>& result) {
  EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.error().text());
  return result.ok() ? *result : Settings{};
}

TEST(Settings, built_in_defaults_apply_without_a_file) {
  const Settings settings = loaded(load_settings(std::nullopt, {}));
  EXPECT_EQ(settings.gateway.http.address, "127.0.0.1");
  EXPECT_EQ(settings.gateway.http.port, 8080);
  EXPECT_EQ(settings.gateway.tcp.port, 8090);
  EXPECT_EQ(settings.ops.port, 9464);
  EXPECT_EQ(settings.gateway.inflight_max, 4096U);
  EXPECT_EQ(settings.gateway.connection_inflight_max, 64U);
  EXPECT_EQ(settings.actors.household_inflight_max, 1024U);
  EXPECT_EQ(settings.gateway.deadline_ms.count(), 5000);
  EXPECT_EQ(settings.gateway.upload_bytes_max, 128U << 20U);
  EXPECT_EQ(settings.store.data_dir, "data");
  EXPECT_EQ(settings.redis_url, "");
  EXPECT_EQ(settings.paths.institutions_file, (kBuiltIn / "institutions.toml").string());
  EXPECT_EQ(settings.paths.policies_dir, (kBuiltIn / "policies").string());
  EXPECT_EQ(settings.paths.access_file, "");
}

TEST(Settings, command_line_wins_over_file_and_file_over_default) {
  const ScratchFolder folder;
  const std::string file = folder.write("g.toml",
                                        "[gateway]\nhttp = \"127.0.0.1:1\"\ndeadline_ms = 700\n"
                                        "[admission]\ninflight_max = 9\n");
  const Settings settings =
      loaded(load_settings(file, {{"gateway.http", "[::1]:0"}, {"log.level", "warn"}}));
  EXPECT_EQ(settings.gateway.http.address, "::1");
  EXPECT_EQ(settings.gateway.http.port, 0);
  EXPECT_EQ(settings.gateway.deadline_ms.count(), 700);
  EXPECT_EQ(settings.gateway.inflight_max, 9U);
  EXPECT_EQ(settings.log_level, "warn");
}

TEST(Settings, the_last_of_two_overrides_wins) {
  const Settings settings =
      loaded(load_settings(std::nullopt, {{"log.level", "warn"}, {"log.level", "debug"}}));
  EXPECT_EQ(settings.log_level, "debug");
}

TEST(Settings, dotted_keys_and_inline_tables_are_sections_too) {
  const ScratchFolder folder;
  const std::string file =
      folder.write("g.toml", "gateway.tcp = \"127.0.0.1:7\"\nstore = { free_bytes_min = 0 }\n");
  const Settings settings = loaded(load_settings(file, {}));
  EXPECT_EQ(settings.gateway.tcp.port, 7);
  EXPECT_EQ(settings.store_free_bytes_min, 0U);
}

TEST(Settings, a_relative_path_is_relative_to_its_file) {
  const ScratchFolder folder;
  const std::string file = folder.write("etc/g.toml",
                                        "[store]\ndata_dir = \"../var\"\n"
                                        "[institutions]\nfile = \"i.toml\"\n"
                                        "[policies]\ndir = \"/srv/policies\"\n");
  const Settings settings = loaded(load_settings(file, {{"access.file", "a.toml"}}));
  EXPECT_EQ(settings.store.data_dir, (folder.path() / "var").string());
  EXPECT_EQ(settings.paths.institutions_file, (folder.path() / "etc/i.toml").string());
  EXPECT_EQ(settings.paths.policies_dir, "/srv/policies");
  EXPECT_EQ(settings.paths.access_file, "a.toml") << "the command line: the working directory";
}

TEST(Settings, text_of_an_override_is_taken_as_it_stands) {
  const auto one = parse_override("store.data_dir=/tmp/a=b \"c\"");
  ASSERT_TRUE(one.ok());
  EXPECT_EQ(one->key, "store.data_dir");
  EXPECT_EQ(one->value, "/tmp/a=b \"c\"");
  EXPECT_EQ(loaded(load_settings(std::nullopt, {*one})).store.data_dir, "/tmp/a=b \"c\"");
  EXPECT_EQ(parse_override("access.file=")->value, "");
  EXPECT_FALSE(parse_override("access.file").ok());
  EXPECT_FALSE(parse_override("=x").ok());
}

struct BadFile {
  std::string text;
  std::string error;  // starts with
};

class SettingsErrors : public testing::TestWithParam<BadFile> {};

TEST_P(SettingsErrors, name_file_line_and_key) {
  const ScratchFolder folder;
  const auto result = load_settings(folder.write("g.toml", GetParam().text), {});
  ASSERT_FALSE(result.ok());
  const std::string text = without_folder(result.error().text(), folder.path());
  EXPECT_EQ(text.substr(0, GetParam().error.size()), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    Files, SettingsErrors,
    testing::Values(
        BadFile{"[gateway]\n\nhtpp = \"127.0.0.1:1\"\n",
                "g.toml:3: gateway.htpp: unknown key; did you mean gateway.http?"},
        BadFile{"[gateway]\ninflight_max = 3\n",
                "g.toml:2: gateway.inflight_max: unknown key; did you mean "
                "admission.inflight_max?"},
        BadFile{"[admision]\ninflight_max = 3\n", "g.toml:1: admision: unknown key"},
        BadFile{"[gateway.http]\nport = 3\n", "g.toml:1: gateway.http: must be text in quotes"},
        BadFile{"gateway = 3\n", "g.toml:1: gateway: unknown key"},
        BadFile{"[gateway]\nhttp = 8080\n", "g.toml:2: gateway.http: must be text in quotes"},
        BadFile{"[gateway]\nhttp = \"8080\"\n", "g.toml:2: gateway.http: must be ADDRESS:PORT"},
        BadFile{"[gateway]\nhttp = \"127.0.0.1:65536\"\n", "g.toml:2: gateway.http: must be"},
        BadFile{"[gateway]\nhttp = \"example.org:80\"\n", "g.toml:2: gateway.http: must be"},
        BadFile{"[gateway]\nhttp = \"::1:80\"\n", "g.toml:2: gateway.http: must be"},
        BadFile{"[gateway]\ndeadline_ms = \"5000\"\n",
                "g.toml:2: gateway.deadline_ms: must be a whole number, 100 … 600000"},
        BadFile{"[gateway]\ndeadline_ms = 99\n", "g.toml:2: gateway.deadline_ms: must be"},
        BadFile{"[gateway]\ndeadline_ms = -1\n", "g.toml:2: gateway.deadline_ms: must be"},
        BadFile{"[gateway]\ndeadline_ms = 500.0\n", "g.toml:2: gateway.deadline_ms: must be"},
        BadFile{"[gateway]\ndeadline_ms = true\n", "g.toml:2: gateway.deadline_ms: must be"},
        BadFile{"[admission]\ninflight_max = 0\n", "g.toml:2: admission.inflight_max: must be"},
        BadFile{"[store]\ndata_dir = \"\"\n", "g.toml:2: store.data_dir: must not be empty"},
        BadFile{"[redis]\nurl = \"http://127.0.0.1\"\n", "g.toml:2: redis.url: must be one of"},
        BadFile{"[log]\nlevel = \"INFO\"\n", "g.toml:2: log.level: must be one of trace, debug"},
        BadFile{"[ops]\nlisten = \"0.0.0.0:9464\"\n",
                "g.toml: ops.listen: is reachable from other machines"},
        BadFile{"[log]\nlevel = \n", "g.toml:2: "},
        BadFile{"[log]\nlevel = \"info\"\nlevel = \"warn\"\n", "g.toml:3: "}));

TEST(Settings, a_missing_file_is_named) {
  const auto result = load_settings("/nowhere/g.toml", {});
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().text(), "/nowhere/g.toml: cannot be read");
  EXPECT_FALSE(load_settings("/tmp", {}).ok()) << "a folder is no file";
}

TEST(Settings, an_error_in_an_override_names_the_flag) {
  const auto unknown = load_settings(std::nullopt, {{"admission.inflght_max", "1"}});
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(unknown.error().text(),
            "--set: admission.inflght_max: unknown key; did you mean admission.inflight_max?");
  const auto wrong = load_settings(std::nullopt, {{"gateway.http", "nowhere", "--http"}});
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().text(),
            "--http: gateway.http: must be ADDRESS:PORT with a numeric address");
  EXPECT_FALSE(load_settings(std::nullopt, {{"actors.active_max", "1e3"}}).ok());
}

TEST(Settings, an_open_ops_listener_needs_a_token) {
  EXPECT_TRUE(
      load_settings(std::nullopt, {{"ops.listen", "0.0.0.0:0"}, {"ops.token_file", "t"}}).ok());
  EXPECT_TRUE(load_settings(std::nullopt, {{"ops.listen", "localhost:0"}}).ok());
}

TEST(Settings, knows_whether_business_listeners_are_loopback) {
  EXPECT_TRUE(loaded(load_settings(std::nullopt, {})).business_listeners_are_loopback());
  EXPECT_FALSE(loaded(load_settings(std::nullopt, {{"gateway.tcp", "0.0.0.0:0"}}))
                   .business_listeners_are_loopback());
}

}  // namespace
}  // namespace gongji::config
