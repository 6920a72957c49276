// A parsed request head: Boost.Beast's parser with views into the bytes instead of copied fields.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/exchange.hpp"

namespace gongji::gateway {

struct RequestHead {
  HttpRequest request;  // views into the parsed bytes; the body is the session's to fill in
  int version = 11;     // 10 or 11
  bool keep_alive = false;
  bool chunked = false;  // Transfer-Encoding ends in "chunked", as the parser sees it
  std::uint64_t content_length = 0;

  // For the framing guard.
  int content_length_fields = 0;
  int transfer_encoding_fields = 0;
  int host_fields = 0;
  std::string_view content_length_text;
  std::string_view transfer_encoding;
  std::string_view host;
  std::string_view expect;

  [[nodiscard]] std::string_view path() const {
    return request.target.substr(0, request.target.find('?'));
  }
  [[nodiscard]] bool expects_continue() const;
  void clear();  // all but the caller; keeps storage
};

// Parses one whole head (to and including its empty line) into `head`, whose storage is reused.
// "" or a sentence that names what is wrong with it.
[[nodiscard]] std::string parse_request_head(std::string_view bytes, RequestHead& head);

}  // namespace gongji::gateway
