#include "gateway/http/chunked_body.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace gongji::gateway {
namespace {

using State = ChunkedBody::State;
constexpr std::size_t kMax = 1000;

TEST(ChunkedBody, TakesABodyApartAndLeavesWhatFollows) {
  const std::string bytes = "5\r\nhello\r\n0A\r\n 0123456789\r\n0\r\n\r\nGET";
  ChunkedBody body;
  const std::string good = "5\r\nhello\r\n0A\r\n0123456789\r\n0\r\n\r\nGET";
  const auto step = body.take(good, kMax);
  EXPECT_EQ(step.state, State::kWhole);
  EXPECT_EQ(step.taken, good.size() - 3);
  EXPECT_EQ(body.body(), "hello0123456789");
  EXPECT_EQ(ChunkedBody().take(bytes, kMax).state, State::kBroken);
}

TEST(ChunkedBody, RefusesWhatIsNotStrict) {
  const char* const rows[] = {
      "5;a=b\r\nhello\r\n0\r\n\r\n",         // extension
      "5;a=\"x\ny\"\r\nhello\r\n0\r\n\r\n",  // LF inside a quoted extension
      "5 \r\nhello\r\n0\r\n\r\n",            // white space
      " 5\r\nhello\r\n0\r\n\r\n",
      "5\nhello\r\n0\r\n\r\n",  // bare LF: refused before the rest comes
      "5\n",
      "5\r5",
      "5\r\nhelloX\r\n0\r\n\r\n",  // longer than said
      "5\r\nhello\n0\r\n\r\n",
      "x\r\n",
      "-1\r\n",
      "+5\r\nhello\r\n",
      "0x5\r\nhello\r\n",
      "\r\n",
      "000000005\r\nhello\r\n",          // nine digits
      "fffffffff\r\n",                   // overflow attempt
      "10000000000000005\r\nhello\r\n",  // wraps in 64 bits to 5
      "0\r\nX: trailer\r\n\r\n",
      "0\r\nContent-Length: 5\r\n\r\n",
      "0\r\n\n",
  };
  for (const char* const row : rows) {
    EXPECT_EQ(ChunkedBody().take(row, kMax).state, State::kBroken) << row;
  }
}

TEST(ChunkedBody, IsTooLongAsSoonAsTheSizeSaysSo) {
  EXPECT_EQ(ChunkedBody().take("3e9\r\n", kMax).state, State::kTooLong);
  EXPECT_EQ(ChunkedBody().take("3e8\r\n", kMax).state, State::kMore);
  EXPECT_EQ(ChunkedBody().take("5\r\nhello\r\n3e4\r\n", kMax).state, State::kTooLong);
}

TEST(ChunkedBody, GoesOnWithALargerLimit) {
  const std::string bytes = "6\r\nhello!\r\n0\r\n\r\n";
  ChunkedBody body;
  const auto refused = body.take(bytes, 5);
  ASSERT_EQ(refused.state, State::kTooLong);
  const auto step = body.take(bytes.substr(refused.taken), kMax);
  EXPECT_EQ(step.state, State::kWhole);
  EXPECT_EQ(body.body(), "hello!");
}

RC_GTEST_PROP(ChunkedBody, DoesNotDependOnHowTheBytesArrive, (const std::string& text)) {
  const std::string extra = *rc::gen::element<std::string>("", "\r\n", "5\r\nhello\r\n", "z");
  std::string bytes;
  if (!text.empty()) {
    const char digits[] = "0123456789abcdef";
    bytes += digits[text.size() / 16 % 16];
    bytes += digits[text.size() % 16];
    bytes += "\r\n" + text + "\r\n";
  }
  bytes += extra + "0\r\n\r\n";
  ChunkedBody whole;
  const auto expected = whole.take(bytes, kMax);
  ChunkedBody pieces;
  std::string buffer;
  ChunkedBody::Step step;
  for (const char byte : bytes) {
    buffer += byte;
    step = pieces.take(buffer, kMax);
    buffer.erase(0, step.taken);
    if (step.state != State::kMore) break;
  }
  RC_ASSERT(step.state == expected.state);
  RC_ASSERT(pieces.body() == whole.body());
}

}  // namespace
}  // namespace gongji::gateway
