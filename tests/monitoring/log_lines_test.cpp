#include "monitoring/log_lines.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <limits>
#include <vector>

namespace gongji::monitoring {
namespace {

const LogTime kAt = LogTime{} + std::chrono::milliseconds{1'795'984'275'007};

std::string line(std::string_view sentence, const std::vector<LogField>& fields = {}) {
  return json_log_line(kAt, {LogLevel::kWarn, "disk_low", sentence, fields});
}

boost::json::object parsed(const std::string& text) {
  boost::system::error_code error;
  const auto value = boost::json::parse(text, error);
  EXPECT_FALSE(error) << text;
  return value.is_object() ? value.get_object() : boost::json::object{};
}

std::string text_at(const boost::json::object& object, const char* name) {
  return std::string{object.at(name).as_string()};
}

TEST(LogLines, an_event_is_one_json_object) {
  EXPECT_EQ(line("New work is refused.", {{"free_bytes", std::uint64_t{7}}, {"full", true}}),
            R"({"ts":"2026-11-29T20:31:15.007Z","level":"warn","event":"disk_low",)"
            R"("msg":"New work is refused.","free_bytes":7,"full":true})");
}

TEST(LogLines, every_kind_of_value) {
  const auto object = parsed(line("", {{"text", "a"},
                                       {"big", std::numeric_limits<std::uint64_t>::max()},
                                       {"small", std::numeric_limits<std::int64_t>::min()},
                                       {"part", 1.5},
                                       {"nothing", std::numeric_limits<double>::quiet_NaN()},
                                       {"no", false}}));
  EXPECT_EQ(text_at(object, "text"), "a");
  EXPECT_EQ(object.at("big").as_uint64(), std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(object.at("small").as_int64(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(object.at("part").as_double(), 1.5);
  EXPECT_TRUE(object.at("nothing").is_null());
  EXPECT_FALSE(object.at("no").as_bool());
}

// Whatever somebody else's error text contains: one line, valid JSON, nothing added to it.
TEST(LogLines, a_hostile_text_stays_a_text) {
  const std::vector<std::string> texts{"two\nlines\r\n", "\"},{\"event\":\"forged\"",
                                       "back\\slash",    std::string("nul\0byte", 8),
                                       "\x1b[31mred",    "\x7f",
                                       "陈小雨"};
  for (const std::string& text : texts) {
    const std::string written = line(text, {{"error", text}});
    EXPECT_EQ(written.find('\n'), std::string::npos);
    const auto object = parsed(written);
    EXPECT_EQ(text_at(object, "msg"), text);
    EXPECT_EQ(text_at(object, "error"), text);
    EXPECT_EQ(object.size(), 5u);
  }
}

TEST(LogLines, bytes_that_are_no_utf8_are_replaced) {
  const std::string mark = "\xEF\xBF\xBD";
  const std::vector<std::pair<std::string, std::string>> cases{
      {"a\xFFz", "a" + mark + "z"},
      {"\xC0\xAF", mark + mark},                        // overlong
      {"\xE0\x80\x80", mark + mark + mark},             // overlong
      {"\xED\xA0\x80", mark + mark + mark},             // half of a pair
      {"\xF4\x90\x80\x80", mark + mark + mark + mark},  // beyond the last character
      {"\xE9\x99", mark + mark},                        // cut off
      {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},         // whole
  };
  for (const auto& [bytes, shown] : cases) EXPECT_EQ(text_at(parsed(line(bytes)), "msg"), shown);
}

TEST(LogLines, a_field_cannot_pose_as_one_of_the_first_four) {
  EXPECT_EQ(line("", {{"level", "info"}, {"event", "other"}, {"ts", "0"}, {"msg", "x"}}), line(""));
}

TEST(LogLines, text_for_people_is_one_line_too) {
  const std::vector<LogField> fields{{"error", "no\nroom"}, {"free_bytes", std::uint64_t{7}}};
  EXPECT_EQ(text_log_line(kAt, {LogLevel::kError, "disk_low", "Refused.", fields}),
            "20:31:15.007 error: disk_low: Refused.  error=\"no\\u000aroom\"  free_bytes=7");
}

}  // namespace
}  // namespace gongji::monitoring
