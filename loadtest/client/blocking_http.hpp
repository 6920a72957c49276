// A blocking HTTP client for tools: one keep-alive connection, one request at a time, a deadline on
// each. Not for the load itself. One thread.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/result.hpp"
#include "loadtest/client/address.hpp"

namespace gongji::loadtest {

struct HttpReply {
  unsigned status = 0;
  std::string content_type;
  std::string body;
};

class BlockingHttp {
 public:
  using Headers = std::vector<std::pair<std::string, std::string>>;

  explicit BlockingHttp(Address address,
                        std::chrono::milliseconds timeout_ms = std::chrono::seconds{120});
  ~BlockingHttp();
  BlockingHttp(const BlockingHttp&) = delete;
  BlockingHttp& operator=(const BlockingHttp&) = delete;

  // Sent with every request from now on, for example Authorization.
  void set_header(std::string name, std::string value);

  // The error says what failed and where, in words for the terminal. A kept connection that the
  // server had closed meanwhile is opened anew once: nothing of the answer had come, and every
  // request the tools send may be repeated.
  Result<HttpReply, std::string> get(std::string_view target);
  Result<HttpReply, std::string> post(std::string_view target, std::string_view body,
                                      std::string_view content_type = "application/json");

  [[nodiscard]] const Address& address() const;

 private:
  struct Link;
  std::unique_ptr<Link> link_;
};

struct BearerToken {
  std::string text;
};

// From a file that holds the token on its first line.
Result<BearerToken, std::string> read_token_file(const std::string& path);

}  // namespace gongji::loadtest
