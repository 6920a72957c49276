// Sends everything a Traffic has, as fast as it is answered, over a few connections of its own:
// what the audit uses for its questions.
#pragma once

#include "domain/result.hpp"
#include "loadtest/worker.hpp"

namespace gongji::loadtest {

struct ExchangeOptions {
  Address address;
  Transport transport = Transport::kHttp;
  std::string sign_in = {};
  unsigned connections = 2;
  unsigned depth = 32;
  std::chrono::milliseconds timeout_ms{10'000};
};

Status<std::string> exchange_all(const ExchangeOptions& options, Traffic& traffic);

}  // namespace gongji::loadtest
