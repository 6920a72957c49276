// Request smuggling: each row is what a hostile or broken sender puts on the wire and what a strict
// server must do with it. All rows go through a real socket.
#include "gateway/http/framing_guard.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "tests/gateway/test_gateway.hpp"

namespace gongji::gateway {
namespace {

using namespace std::string_literals;
using testing::RawClient;
using testing::TestGateway;

// A second request that must never be answered when the first one was refused.
const std::string kSmuggled = "GET /echo HTTP/1.1\r\nHost: evil\r\n\r\n";

struct Row {
  const char* what;
  std::string bytes;
  int status = 400;
  bool closed = true;
};

std::string request(const std::string& fields, const std::string& rest = "",
                    const std::string& line = "POST /echo HTTP/1.1") {
  return line + "\r\n" + fields + "\r\n" + rest;
}

std::vector<Row> refused_rows() {
  const std::string host = "Host: a\r\n";
  const std::string chunks = "5\r\nhello\r\n0\r\n\r\n";
  return {
      // -- how long is the body? --
      {"TE gzip alone", request(host + "Transfer-Encoding: gzip\r\n", "hello")},
      {"TE chunked, identity", request(host + "Transfer-Encoding: chunked, identity\r\n", "hello")},
      {"TE gzip, chunked", request(host + "Transfer-Encoding: gzip, chunked\r\n", chunks)},
      {"TE identity", request(host + "Transfer-Encoding: identity\r\n")},
      {"TE empty", request(host + "Transfer-Encoding:\r\n", chunks)},
      {"TE xchunked", request(host + "Transfer-Encoding: xchunked\r\n", chunks)},
      {"TE chunkedx", request(host + "Transfer-Encoding: chunkedx\r\n", chunks)},
      {"TE \"chunked\"", request(host + "Transfer-Encoding: \"chunked\"\r\n", chunks)},
      {"TE chunked;q=1", request(host + "Transfer-Encoding: chunked;q=1\r\n", chunks)},
      {"TE chunked, chunked", request(host + "Transfer-Encoding: chunked, chunked\r\n", chunks)},
      {"TE chunked then a comma", request(host + "Transfer-Encoding: chunked,\r\n", chunks)},
      {"TE twice",
       request(host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", chunks)},
      {"TE gzip then TE chunked",
       request(host + "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", chunks)},
      {"TE gzip then CL",
       request(host + "Transfer-Encoding: gzip\r\nContent-Length: 5\r\n", "hello")},
      {"TE xchunked then CL",
       request(host + "Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n", "hello")},
      {"TE chunked then CL",
       request(host + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", chunks)},
      {"CL then TE chunked",
       request(host + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", chunks)},
      {"CL 0 then TE chunked",
       request(host + "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n", chunks)},
      {"TE on HTTP/1.0",
       request(host + "Transfer-Encoding: chunked\r\n", chunks, "POST /echo HTTP/1.0")},
      {"TE in other letters, then CL",
       request(host + "tRANSFER-eNCODING: chunked\r\nContent-Length: 5\r\n", chunks)},
      {"space before the colon of TE", request(host + "Transfer-Encoding : chunked\r\n", chunks)},
      {"tab before the colon of CL", request(host + "Content-Length\t: 5\r\n", "hello")},
      {"vertical tab in TE", request(host + "Transfer-Encoding:\vchunked\r\n", chunks)},
      {"CL twice, equal", request(host + "Content-Length: 5\r\nContent-Length: 5\r\n", "hello")},
      {"CL twice, different",
       request(host + "Content-Length: 5\r\nContent-Length: 0\r\n", "hello")},
      {"CL listed", request(host + "Content-Length: 5, 5\r\n", "hello")},
      {"CL listed, different", request(host + "Content-Length: 5, 6\r\n", "hello")},
      {"CL then a comma", request(host + "Content-Length: 5,\r\n", "hello")},
      {"CL +5", request(host + "Content-Length: +5\r\n", "hello")},
      {"CL -1", request(host + "Content-Length: -1\r\n", "hello")},
      {"CL 0x5", request(host + "Content-Length: 0x5\r\n", "hello")},
      {"CL 5.0", request(host + "Content-Length: 5.0\r\n", "hello")},
      {"CL 5 5", request(host + "Content-Length: 5 5\r\n", "hello")},
      {"CL empty", request(host + "Content-Length:\r\n", "hello")},
      {"CL overflows", request(host + "Content-Length: 18446744073709551621\r\n", "hello")},
      {"CL of many zeros", request(host + "Content-Length: 0000000000000005\r\n", "hello")},
      {"CL in full-width digits", request(host + "Content-Length: \xef\xbc\x95\r\n", "hello")},
      // -- lines --
      {"CL hidden by folding", request(host + "X: a\r\n Content-Length: 5\r\n", "hello")},
      {"value on a folded line", request(host + "Content-Length:\r\n 5\r\n", "hello")},
      {"folded by a tab", request(host + "X: a\r\n\tb\r\n")},
      {"white space before the first field", request(" " + host)},
      {"bare LF ends a field", "POST /echo HTTP/1.1\r\nHost: a\nContent-Length: 5\r\n\r\nhello"},
      {"bare LF ends the head", "POST /echo HTTP/1.1\r\nHost: a\r\n\nGET"},
      {"LF everywhere", "POST /echo HTTP/1.1\nHost: a\n\n"},
      {"CR everywhere", "POST /echo HTTP/1.1\rHost: a\r\r"},
      {"bare CR in a value", request(host + "X: a\rContent-Length: 5\r\n", "hello")},
      {"NUL in a value", request(host + "X: a\0b\r\n"s)},
      {"NUL in the target", request(host, "", "POST /ec\0ho HTTP/1.1"s)},
      {"control character in a name", request(host + "X\x01: a\r\n")},
      {"DEL in a value", request(host + "X: \x7f\r\n")},
      {"empty name", request(host + ": a\r\n")},
      {"no colon", request(host + "nonsense\r\n")},
      {"empty line first", "\r\n" + request(host)},
      // -- whom is it for? --
      {"no Host", request("")},
      {"two Hosts", request(host + host)},
      {"two Hosts in other letters", request(host + "HOST: b\r\n")},
      {"listed Host", request("Host: a, b\r\n")},
      {"Host with a path", request("Host: a/b\r\n")},
      {"absolute target", request(host, "", "GET http://b/echo HTTP/1.1")},
      {"authority target", request(host, "", "CONNECT b:443 HTTP/1.1")},
      {"asterisk target", request(host, "", "OPTIONS * HTTP/1.1")},
      {"fragment in the target", request(host, "", "GET /echo#x HTTP/1.1")},
      {"bytes beyond ASCII in the target", request(host, "", "GET /\xe5\x85\xb1 HTTP/1.1")},
      // -- what protocol is it? --
      {"HTTP/1.2", request(host, "", "GET /echo HTTP/1.2")},
      {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
      {"HTTP/0.9", "GET /echo\r\n\r\n"},
      {"lower-case protocol", request(host, "", "GET /echo http/1.1")},
      {"two spaces", request(host, "", "GET  /echo HTTP/1.1")},
      {"space after the version", request(host, "", "GET /echo HTTP/1.1 ")},
      {"space in the target", request(host, "", "GET /e cho HTTP/1.1")},
      {"tab for a space", request(host, "", "GET\t/echo HTTP/1.1")},
      {"no method", request(host, "", " /echo HTTP/1.1")},
      {"bad letter in the method", request(host, "", "GE(T /echo HTTP/1.1")},
      {"a TLS hello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc"s},
      // -- chunks --
      {"chunk extension",
       request(host + "Transfer-Encoding: chunked\r\n", "5;a=b\r\nhello\r\n0\r\n\r\n")},
      {"LF in a quoted chunk extension",
       request(host + "Transfer-Encoding: chunked\r\n", "5;a=\"\n\"\r\nhello\r\n0\r\n\r\n")},
      {"chunk size ended by LF", request(host + "Transfer-Encoding: chunked\r\n", "5\nhello")},
      {"chunk not ended by CR LF",
       request(host + "Transfer-Encoding: chunked\r\n", "5\r\nhello0\r\n\r\n")},
      {"chunk size overflows",
       request(host + "Transfer-Encoding: chunked\r\n", "10000000000000005\r\nhello\r\n")},
      {"chunk size negative", request(host + "Transfer-Encoding: chunked\r\n", "-5\r\nhello\r\n")},
      {"chunk size 0x5", request(host + "Transfer-Encoding: chunked\r\n", "0x5\r\nhello\r\n")},
      {"CL in the trailers", request(host + "Transfer-Encoding: chunked\r\n",
                                     "5\r\nhello\r\n0\r\nContent-Length: 5\r\n\r\n")},
      {"any trailer", request(host + "Transfer-Encoding: chunked\r\n", "0\r\nX: a\r\n\r\n")},
      // -- how much of it? --
      {"head too long", request(host + "X: " + std::string(9000, 'x') + "\r\n")},
      {"head too long and endless", "GET /echo HTTP/1.1\r\nX: " + std::string(9000, 'x')},
      {"too many fields",
       [&] {
         std::string fields = host;
         for (int i = 0; i < 64; ++i) fields += "X: a\r\n";
         return request(fields);
       }()},
      {"CL above the limit", request(host + "Content-Length: 65537\r\n", "hello"), 413},
      {"CL far above the limit", request(host + "Content-Length: 999999999999999\r\n"), 413},
      {"chunk above the limit", request(host + "Transfer-Encoding: chunked\r\n", "10001\r\n"), 413},
  };
}

TEST(FramingGuard, RefusesEveryRowAndNeverReadsOn) {
  TestGateway gateway;
  for (const Row& row : refused_rows()) {
    RawClient client = gateway.http_client();
    client.send(row.bytes + kSmuggled);
    const auto answer = client.read_answer();
    EXPECT_EQ(answer.status, row.status) << row.what;
    EXPECT_TRUE(answer.has("Connection: close\r\n")) << row.what;
    EXPECT_FALSE(answer.body.empty()) << row.what;
    EXPECT_EQ(client.is_closed(), row.closed) << row.what << ": something followed";
  }
  EXPECT_EQ(gateway.faults, 0);
}

TEST(FramingGuard, RefusesARowAlsoBehindAGoodRequest) {
  TestGateway gateway;
  for (const Row& row : refused_rows()) {
    RawClient client = gateway.http_client();
    client.send(testing::post("/echo", "good") + row.bytes + kSmuggled);
    EXPECT_EQ(client.read_answer().body, "good") << row.what;
    EXPECT_EQ(client.read_answer().status, row.status) << row.what;
    EXPECT_TRUE(client.is_closed()) << row.what;
  }
}

// What is unusual but clear is served, and the next request on the connection too.
TEST(FramingGuard, ServesWhatIsUnusualButClear) {
  const std::string host = "Host: a\r\n";
  const Row rows[] = {
      {"chunked", request(host + "Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n")},
      {"Chunked", request(host + "transfer-encoding:Chunked \r\n", "5\r\nhello\r\n0\r\n\r\n")},
      {"no body", request(host)},
      {"CL 0", request(host + "Content-Length: 0\r\n")},
      {"CL 005", request(host + "Content-Length: 005\r\n", "hello")},
      {"Host with a port", request("Host: a:8080\r\n")},
      {"IPv6 Host", request("Host: [::1]:8080\r\n")},
      {"empty Host", request("Host:\r\n")},
      {"tab in a value", request(host + "X: a\tb\r\n")},
      {"UTF-8 in a value", request(host + "X: \xe5\x85\xb1\r\n")},
      {"upgrade to h2c", request(host + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                                        "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n")},
      {"query", request(host, "", "POST /echo?a=b HTTP/1.1")},
      {"64 fields",
       [&] {
         std::string fields = host;
         for (int i = 0; i < 63; ++i) fields += "X: a\r\n";
         return request(fields);
       }()},
  };
  TestGateway gateway;
  for (const Row& row : rows) {
    RawClient client = gateway.http_client();
    client.send(row.bytes + testing::post("/echo", "next"));
    EXPECT_EQ(client.read_answer().status, 200) << row.what;
    EXPECT_EQ(client.read_answer().body, "next") << row.what;
  }
}

TEST(FramingGuard, EveryRuleHasItsOwnSentence) {
  std::set<std::string_view> sentences;
  for (const FramingRule& rule : framing_rules()) {
    EXPECT_FALSE(rule.sentence.empty());
    EXPECT_TRUE(sentences.insert(rule.sentence).second) << rule.sentence;
  }
}

}  // namespace
}  // namespace gongji::gateway
