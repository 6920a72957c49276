#include "gateway/message_log.hpp"

#include <gtest/gtest.h>

#include "tests/gateway/kept_log.hpp"

namespace gongji::gateway {
namespace {

using namespace std::chrono_literals;
using testing::KeptLine;
using testing::KeptLog;
using Outcome = TransactionOutcome;

const HopTimes::Moment kStart{std::chrono::hours{1}};

// A settlement that went all the way, its hops 1, 2, 4, 8, 300 and 16 ms long.
MessageStory settled() {
  MessageStory story;
  story.operation = "2102";
  story.outcome = Outcome::kApplied;
  story.institution = "P31010100001";
  story.record = Sequence{42};
  story.first_byte_at = kStart;
  story.read_at = kStart + 1ms;
  story.parsed_at = kStart + 2ms;
  story.hops = {kStart + 3ms, kStart + 7ms, kStart + 15ms, kStart + 315ms};
  story.answered_at = kStart + 331ms;
  return story;
}

TEST(MessageLog, WantsTheSlowAndTheUnknown) {
  struct Row {
    std::chrono::milliseconds slow_ms;
    Outcome outcome;
    std::chrono::microseconds took;
    bool wanted;
  };
  for (const Row& row :
       {Row{100ms, Outcome::kApplied, 99'999us, false},
        Row{100ms, Outcome::kApplied, 100'000us, true},
        Row{100ms, Outcome::kRefused, 200'000us, true},
        Row{100ms, Outcome::kReplayed, 200'000us, true}, Row{100ms, Outcome::kUnknown, 1us, true},
        Row{0ms, Outcome::kApplied, 60'000'000us, false}, Row{0ms, Outcome::kUnknown, 1us, true}}) {
    EXPECT_EQ(MessageLog{row.slow_ms}.wants(row.outcome, row.took), row.wanted)
        << row.slow_ms.count() << " ms, " << row.took.count() << " us";
  }
}

TEST(MessageLog, TellsWhereTheTimeWent) {
  KeptLog kept;
  MessageLog{100ms}.tell(settled());
  ASSERT_EQ(kept.lines.size(), 1u);
  const KeptLine& line = kept.lines[0];
  EXPECT_EQ(line.event, "message_slow");
  EXPECT_EQ(line.level, LogLevel::kWarn);
  const std::map<std::string, double> wanted{{"read_ms", 1},   {"parse_ms", 2},    {"route_ms", 4},
                                             {"decide_ms", 8}, {"commit_ms", 300}, {"reply_ms", 16},
                                             {"took_ms", 331}};
  for (const auto& [name, milliseconds] : wanted)
    EXPECT_EQ(line.number(name), milliseconds) << name;
  EXPECT_EQ(line.text("operation"), "2102");
  EXPECT_EQ(line.text("outcome"), "applied");
  EXPECT_EQ(line.text("institution"), "P31010100001");
  EXPECT_EQ(line.text("sequence"), "42");
  EXPECT_EQ(line.text("transport"), "http");
  EXPECT_EQ(line.text("trace_id").size(), 32u);
  EXPECT_EQ(line.text("span_id").size(), 16u);
  EXPECT_FALSE(line.has("left_out"));
}

TEST(MessageLog, NamesTheTraceItWasGiven) {
  KeptLog kept;
  MessageStory story = settled();
  story.trace = read_traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  MessageLog{100ms}.tell(story);
  EXPECT_EQ(kept.lines.at(0).text("trace_id"), "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(kept.lines.at(0).text("span_id"), "00f067aa0ba902b7");
}

TEST(MessageLog, AHopThatWasNotReachedHasNoFieldAndItsTimeGoesToTheNext) {
  KeptLog kept;
  MessageStory story = settled();
  story.outcome = Outcome::kUnknown;
  story.institution = {};
  story.record = {};
  story.hops = {kStart + 3ms, kStart + 7ms, {}, {}};
  MessageLog{100ms}.tell(story);
  const KeptLine& line = kept.lines.at(0);
  EXPECT_EQ(line.event, "message_unknown");
  EXPECT_EQ(line.level, LogLevel::kError);
  for (const char* absent : {"decide_ms", "commit_ms", "institution", "sequence"})
    EXPECT_FALSE(line.has(absent)) << absent;
  EXPECT_EQ(line.number("reply_ms"), 324);
}

TEST(MessageLog, ACallOfAnAppHasAStatusInsteadOfAnOutcome) {
  KeptLog kept;
  MessageStory story = settled();
  story.operation = "POST /v1/networks";
  story.http_status = 201;
  MessageLog{100ms}.tell(story);
  EXPECT_EQ(kept.lines.at(0).text("status"), "201");
  EXPECT_FALSE(kept.lines.at(0).has("outcome"));
}

TEST(MessageLog, WhenEverythingIsSlowItSaysHowManyItLeftOutButNeverAnUnknownOne) {
  KeptLog kept;
  MessageLog log{100ms};
  constexpr unsigned kMany = MessageLog::kSlowLinesPerSecond + 5;
  for (unsigned i = 0; i < kMany; ++i) log.tell(settled());
  EXPECT_EQ(kept.lines.size(), MessageLog::kSlowLinesPerSecond);
  MessageStory unknown = settled();
  unknown.outcome = Outcome::kUnknown;
  log.tell(unknown);
  EXPECT_EQ(kept.lines.size(), MessageLog::kSlowLinesPerSecond + 1);
  MessageStory later = settled();
  later.answered_at += 1s;
  log.tell(later);
  EXPECT_EQ(kept.lines.back().text("left_out"), "5");
}

}  // namespace
}  // namespace gongji::gateway
