// What a message brings to prove who sent it: over HTTP in header fields, over TCP in the signIn
// node of 9001. Views into the message; "" = not brought.
#pragma once

#include <string_view>

#include "gateway/exchange.hpp"

namespace gongji::gateway::auth {

struct Evidence {
  std::string_view key;        // xtif: paasid; hmac: the institution's code
  std::string_view timestamp;  // Unix seconds
  std::string_view nonce;
  std::string_view digest;  // hmac: "sha256" or "sm3"
  std::string_view signature;
  bool ambiguous = false;  // one of them came twice: nobody knows which was meant
};

[[nodiscard]] Evidence xtif_headers(const HttpRequest& request);  // x-tif-…
[[nodiscard]] Evidence hmac_headers(const HttpRequest& request);  // X-Gongji-…

}  // namespace gongji::gateway::auth
