#include "ports/log.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace gongji {
namespace {

class Kept final : public LogSink {
 public:
  explicit Kept(LogLevel least) : least_(least) { set_log_sink(this); }
  ~Kept() override { set_log_sink(nullptr); }
  [[nodiscard]] bool wants(LogLevel level) const noexcept override { return level >= least_; }
  void write(const LogEvent& event) noexcept override { names.emplace_back(event.name); }
  std::vector<std::string> names;

 private:
  const LogLevel least_;
};

TEST(Log, without_a_sink_nothing_happens) {
  log_event(LogLevel::kCritical, "nobody_listens", "", {{"number", 1}});
}

TEST(Log, what_the_sink_does_not_want_is_not_written) {
  const Kept kept{LogLevel::kWarn};
  log_event(LogLevel::kInfo, "too_quiet", "");
  log_event(LogLevel::kWarn, "loud_enough", "", {{"text", std::string{"a"}}, {"flag", true}});
  EXPECT_EQ(kept.names, std::vector<std::string>{"loud_enough"});
}

TEST(Log, a_value_keeps_its_kind) {
  EXPECT_TRUE(std::holds_alternative<std::string_view>(LogValue{"text"}.held()));
  EXPECT_TRUE(std::holds_alternative<bool>(LogValue{true}.held()));
  EXPECT_TRUE(std::holds_alternative<std::int64_t>(LogValue{-1}.held()));
  EXPECT_TRUE(std::holds_alternative<std::uint64_t>(LogValue{1U}.held()));
  EXPECT_TRUE(std::holds_alternative<double>(LogValue{0.5}.held()));
}

TEST(Log, every_level_has_a_name_of_its_own) {
  std::vector<std::string_view> names;
  for (int level = 0; level <= static_cast<int>(LogLevel::kCritical); ++level)
    names.push_back(to_text(static_cast<LogLevel>(level)));
  EXPECT_EQ(names,
            (std::vector<std::string_view>{"trace", "debug", "info", "warn", "error", "critical"}));
}

}  // namespace
}  // namespace gongji
