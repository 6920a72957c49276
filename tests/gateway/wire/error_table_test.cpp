#include "gateway/wire/error_table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace gongji::gateway::wire {
namespace {

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

TEST(ErrorTable, SaysSomethingAboutEveryReason) {
  const std::set<unsigned> statuses{400, 401, 403, 404, 409, 422, 429, 500, 503};
  for (unsigned number = 1; number <= kReasonLast; ++number) {
    const auto reason = static_cast<Reason>(number);
    const ErrorEntry& entry = error_entry(reason);
    EXPECT_EQ(entry.reason, reason) << number;
    EXPECT_TRUE(statuses.contains(entry.http_status)) << code(reason);
    EXPECT_NE(entry.infcode, Infcode::kApplied) << code(reason);
    const std::string text = err_msg(reason, "");
    EXPECT_TRUE(text.starts_with(std::string{code(reason)} + ' ')) << text;
    EXPECT_LE(characters(text), 200u) << text;
  }
}

TEST(ErrorTable, OnlyLoadAndTheUnknownMayBeSentAgain) {
  for (unsigned number = 1; number <= kReasonLast; ++number) {
    const auto reason = static_cast<Reason>(number);
    const bool again =
        reason == Reason::kBusy || reason == Reason::kDeadline || reason == Reason::kUnknownOutcome;
    EXPECT_EQ(error_entry(reason).retry == Retry::kSameMessage, again) << code(reason);
    EXPECT_EQ(error_entry(reason).infcode == Infcode::kUnknown, reason == Reason::kUnknownOutcome);
  }
}

TEST(ErrorTable, StatusesFollowTheKindOfReason) {
  EXPECT_EQ(error_entry(Reason::kQuota).http_status, 422u);
  EXPECT_EQ(error_entry(Reason::kAlreadyBound).http_status, 409u);
  EXPECT_EQ(error_entry(Reason::kAlreadyReversed).http_status, 409u);
  EXPECT_EQ(error_entry(Reason::kNoPerson).http_status, 404u);
  EXPECT_EQ(error_entry(Reason::kForbiddenView).http_status, 403u);
  EXPECT_EQ(error_entry(Reason::kUnauthenticated).http_status, 401u);
  EXPECT_EQ(error_entry(Reason::kField).http_status, 400u);
}

TEST(ErrorTable, ALongDetailIsCutBetweenCharacters) {
  std::string detail;
  for (int i = 0; i < 300; ++i) detail += "额";
  const std::string text = err_msg(Reason::kQuota, detail);
  EXPECT_EQ(characters(text), 200u);
  EXPECT_TRUE(text.ends_with("额"));
  EXPECT_TRUE(text.starts_with("E_QUOTA 共济授权额度不足"));
}

}  // namespace
}  // namespace gongji::gateway::wire
