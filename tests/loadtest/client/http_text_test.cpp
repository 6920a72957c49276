#include "loadtest/client/http_text.hpp"

#include <gtest/gtest.h>

namespace gongji::loadtest {
namespace {

TEST(HttpText, writes_requests) {
  std::string text;
  append_http_request(text, {"POST", "/fsi/api", "127.0.0.1:8080", "A: b\r\n", "{}"});
  EXPECT_EQ(
      text,
      "POST /fsi/api HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nA: b\r\nContent-Length: 2\r\n\r\n{}");
  text.clear();
  append_http_request(text, {"GET", "/x", "h", "", ""});
  EXPECT_EQ(text, "GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
}

TEST(HttpText, cuts_pipelined_answers_whatever_the_pieces) {
  const std::string two =
      "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 503 Busy\r\ncontent-length:  "
      "0\r\nConnection: "
      "close\r\n\r\n";
  for (std::size_t first = 0; first <= two.size(); ++first) {
    std::vector<std::string> seen;
    std::string unread;
    for (const std::string& piece : {two.substr(0, first), two.substr(first)}) {
      unread += piece;
      std::string_view rest = unread;
      while (true) {
        const auto cut = cut_http_answer(rest);
        ASSERT_TRUE(cut.ok());
        if (!cut->has_value()) break;
        seen.push_back(std::to_string((*cut)->status) + " " + std::string{(*cut)->body} +
                       ((*cut)->keep_alive ? "" : " close"));
      }
      unread = std::string{rest};
    }
    EXPECT_EQ(seen, (std::vector<std::string>{"200 abc", "503  close"})) << "cut at " << first;
    EXPECT_EQ(unread, "");
  }
}

TEST(HttpText, skips_interim_answers) {
  std::string_view bytes = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n";
  const auto cut = cut_http_answer(bytes);
  ASSERT_TRUE(cut.ok() && cut->has_value());
  EXPECT_EQ((*cut)->status, 204u);
}

TEST(HttpText, refuses_what_it_cannot_frame) {
  for (const char* text : {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                           "SSH-2.0\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                           "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"}) {
    std::string_view bytes = text;
    EXPECT_FALSE(cut_http_answer(bytes).ok()) << text;
  }
}

TEST(HttpText, finds_headers_whatever_their_case) {
  EXPECT_EQ(find_header("A: 1\r\nCONTENT-type:\t x \r\nB: 2", "Content-Type"), "x");
  EXPECT_EQ(find_header("A: 1\r\nB: 2", "b"), "2");
  EXPECT_EQ(find_header("A: 1", "C"), "");
}

}  // namespace
}  // namespace gongji::loadtest
