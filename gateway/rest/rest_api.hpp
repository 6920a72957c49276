// /v1: the HTTP interface for citizen apps, agencies and the import tool. Bearer tokens with a
// role, money as decimal text, errors as application/problem+json (RFC 9457).
//
// Threads: handle() on any loop thread; answers are rendered on the loop thread of their session.
// The object must outlive the loops and every ticket it gave to the ports.
#pragma once

#include "gateway/exchange.hpp"
#include "gateway/rest/backend.hpp"
#include "gateway/rest/bearer.hpp"
#include "gateway/rest/route_table.hpp"
#include "ports/access.hpp"

namespace gongji::gateway::rest {

class RestApi final : public HttpHandler {
 public:
  RestApi(RestPorts ports, AccessList access, RestOptions options = {});

  void handle(const HttpRequest& request, std::unique_ptr<AnswerSlot> slot) override;

 private:
  const BearerTokens tokens_;
  MessageLog log_;
  Backend backend_;
};

}  // namespace gongji::gateway::rest
