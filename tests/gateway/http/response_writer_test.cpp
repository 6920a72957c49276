#include "gateway/http/response_writer.hpp"

#include <gtest/gtest.h>

namespace gongji::gateway {
namespace {

std::string written(Answer answer, ResponseForm form = {}) {
  std::string output = "before ";
  append_response(output, answer, form);
  return output;
}

TEST(ResponseWriter, WritesHeadAndBody) {
  Answer answer;
  answer.body = "{}";
  EXPECT_EQ(written(answer),
            "before HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=utf-8\r\n"
            "Content-Length: 2\r\n\r\n{}");
}

TEST(ResponseWriter, SaysCloseAndExtraHeaders) {
  Answer answer;
  answer.http_status = 503;
  answer.content_type = "text/plain";
  answer.headers = {{"Retry-After", "1"}};
  EXPECT_EQ(written(answer, {true, false}),
            "before HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\n"
            "Content-Length: 0\r\nRetry-After: 1\r\nConnection: close\r\n\r\n");
}

TEST(ResponseWriter, TellsTheLengthButNotTheBodyToHead) {
  Answer answer;
  answer.body = "{}";
  const std::string output = written(answer, {false, true});
  EXPECT_NE(output.find("Content-Length: 2\r\n"), std::string::npos);
  EXPECT_TRUE(output.ends_with("\r\n\r\n"));
}

TEST(ResponseWriter, StatusesWithoutBodyHaveNone) {
  Answer answer;
  answer.http_status = 204;
  answer.body = "must not appear";
  EXPECT_EQ(written(answer), "before HTTP/1.1 204 No Content\r\n\r\n");
}

TEST(ResponseWriter, AHeaderValueCannotEndItsLine) {
  Answer answer;
  answer.headers = {{"X", "a\r\nSet-Cookie: b"}};
  EXPECT_NE(written(answer).find("X: a  Set-Cookie: b\r\n"), std::string::npos);
}

}  // namespace
}  // namespace gongji::gateway
