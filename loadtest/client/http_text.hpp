// HTTP/1.1 requests as text and answers cut from text: the small part a client needs whose answers
// always carry Content-Length. Cheaper than a general parser, so that the generator's own share of
// the processor stays small; answers of another form are an error, never guessed at.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/result.hpp"

namespace gongji::loadtest {

struct HttpRequestText {
  std::string_view method = "POST";
  std::string_view target = "/fsi/api";
  std::string_view host;
  std::string_view headers;  // further whole lines, each ending in CR LF
  std::string_view body;
};

struct HttpAnswerText {
  unsigned status = 0;
  bool keep_alive = true;
  std::string_view headers;  // all header lines
  std::string_view body;
};

void append_http_request(std::string& out, const HttpRequestText& request);

// Takes one whole answer off the front of `bytes`, which the answer then points into. Nothing when
// more bytes are needed; interim 1xx answers are skipped.
Result<std::optional<HttpAnswerText>, std::string> cut_http_answer(std::string_view& bytes);

// The first header of that name, case-insensitive, without surrounding blanks; "" when absent.
std::string_view find_header(std::string_view headers, std::string_view name);

}  // namespace gongji::loadtest
