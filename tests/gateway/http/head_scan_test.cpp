#include "gateway/http/head_scan.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>

namespace gongji::gateway {
namespace {

using namespace std::string_literals;

TEST(HeadScan, FindsTheEndOfTheHead) {
  const std::string head = "POST / HTTP/1.1\r\nHost: a\tb\r\n\r\n";
  EXPECT_EQ(HeadScan({}).look(head + "body\n\0"s).head_bytes, head.size());
  EXPECT_EQ(HeadScan({}).look("POST / HTTP/1.1\r\nHost: a\r\n").head_bytes, 0U);
}

struct Row {
  const char* what;
  std::string bytes;
  const char* sentence;
};

TEST(HeadScan, RefusesWhatMustNotBeGuessedAbout) {
  const Row rows[] = {
      {"bare LF after the request line", "GET / HTTP/1.1\nHost: a\r\n\r\n", "CR LF"},
      {"bare LF after a field", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", "CR LF"},
      {"LF only, no CR anywhere", "GET / HTTP/1.1\nHost: a\n\n", "CR LF"},
      {"bare CR inside a value", "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", "CR LF"},
      {"CR only, no LF anywhere", "GET / HTTP/1.1\rHost: a\r\r", "CR LF"},
      {"CR CR LF", "GET / HTTP/1.1\r\r\n\r\n", "CR LF"},
      {"folded with a space", "GET / HTTP/1.1\r\nX: a\r\n b\r\n\r\n", "folded"},
      {"folded with a tab", "GET / HTTP/1.1\r\nX: a\r\n\tb\r\n\r\n", "folded"},
      {"first field begins with a space", "GET / HTTP/1.1\r\n X: a\r\n\r\n", "folded"},
      {"NUL", "GET / HTTP/1.1\r\nX: a\0b\r\n\r\n"s, "control"},
      {"DEL", "GET / HTTP/1.1\r\nX: a\x7f\r\n\r\n", "control"},
      {"vertical tab in a name", "GET / HTTP/1.1\r\nX\v: a\r\n\r\n", "control"},
      {"a TLS hello", "\x16\x03\x01\x02\x00\x01"s, "control"},
      {"empty line first", "\r\nGET / HTTP/1.1\r\n\r\n", "empty line"},
  };
  for (const Row& row : rows) {
    const auto verdict = HeadScan({}).look(row.bytes);
    EXPECT_NE(verdict.broken_rule.find(row.sentence), std::string::npos)
        << row.what << ": " << verdict.broken_rule;
  }
}

TEST(HeadScan, HoldsItsLimits) {
  const HeadLimits limits{100, 3};
  const std::string line = "GET / HTTP/1.1\r\n";
  EXPECT_TRUE(HeadScan(limits).look(line + "a:1\r\nb:2\r\nc:3\r\n\r\n").broken_rule.empty());
  EXPECT_FALSE(HeadScan(limits).look(line + "a:1\r\nb:2\r\nc:3\r\nd:4\r\n").broken_rule.empty());
  const std::string exactly = line + "a:" + std::string(100 - line.size() - 6, 'x') + "\r\n\r\n";
  EXPECT_EQ(HeadScan(limits).look(exactly).head_bytes, 100U);
  EXPECT_TRUE(HeadScan(limits).look(std::string(100, 'x')).broken_rule.empty());
  EXPECT_FALSE(HeadScan(limits).look(std::string(101, 'x')).broken_rule.empty());
}

// However the bytes are cut, the verdict is that of the whole.
RC_GTEST_PROP(HeadScan, DoesNotDependOnHowTheBytesArrive, ()) {
  const auto letters = *rc::gen::container<std::string>(
      rc::gen::element('a', 'b', ':', ' ', '\t', '\r', '\n', '\r', '\n', '\0', '\xe5'));
  const std::string bytes = "GET / HTTP/1.1\r\nHost: a" + letters + "\r\n\r\n";
  const auto whole = HeadScan({}).look(bytes);
  HeadScan scan({});
  HeadScan::Verdict verdict;
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    verdict = scan.look(std::string_view(bytes).substr(0, size));
    if (verdict.head_bytes != 0 || !verdict.broken_rule.empty()) break;
  }
  RC_ASSERT(verdict.head_bytes == whole.head_bytes);
  RC_ASSERT(verdict.broken_rule == whole.broken_rule);
}

}  // namespace
}  // namespace gongji::gateway
