// What all commands share: the global flags, how a command talks to the gateway, and how it ends.
#pragma once

#include <memory>
#include <string>

#include "domain/result.hpp"
#include "loadtest/client/blocking_http.hpp"

namespace gongji::ctl {

struct Settings {
  std::string url = "http://127.0.0.1:8080";
  std::string ops_url = "http://127.0.0.1:9464";
  std::string token_file;
  std::string data_dir;
  int exit_code = 0;  // set by the command that ran: 0 done, 1 failed or something does not hold
};

using HttpClient = std::unique_ptr<loadtest::BlockingHttp>;

// To the gateway's HTTP listener, with the token, who is asking, and the channel to be journaled.
Result<HttpClient, std::string> gateway_client(const Settings& settings,
                                               const std::string& channel = "import");
// To its ops listener.
Result<HttpClient, std::string> ops_client(const Settings& settings);
// The same for who asks again and again: an answer that takes longer is none.
Result<HttpClient, std::string> ops_client(const Settings& settings,
                                           std::chrono::milliseconds timeout_ms);

// Prints "gongjictl: <sentence>" and makes the program end with 1.
void fail(Settings& settings, const std::string& sentence);

// For use inside a URL's path or query.
std::string url_escaped(const std::string& text);

}  // namespace gongji::ctl
