// /v1: the HTTP interface for citizen apps, agencies and the import tool. Bearer tokens with a
// role, money as decimal text, errors as application/problem+json (RFC 9457).
//
// Threads: handle() on any loop thread; answers are rendered on the loop thread of their session.
// The object must outlive the loops and every ticket it gave to the service.
#pragma once

#include <chrono>
#include <memory>

#include "gateway/exchange.hpp"
#include "gateway/rest/bearer.hpp"
#include "gateway/rest/problem.hpp"
#include "gateway/rest/request_target.hpp"
#include "ports/access.hpp"
#include "ports/clock.hpp"
#include "ports/metrics.hpp"
#include "ports/settlement_service.hpp"

namespace gongji::gateway::rest {

struct RestOptions {
  std::chrono::milliseconds deadline_ms{5'000};  // one request, or one line of an import
  unsigned import_window = 256;                  // import lines in flight at once
  int retry_after_s = 1;
};

class RestApi final : public HttpHandler {
 public:
  RestApi(SettlementService& service, const Clock& clock, Metrics& metrics, AccessList access,
          RestOptions options = {});

  void handle(const HttpRequest& request, std::unique_ptr<AnswerSlot> slot) override;

 private:
  // A request whose caller is known.
  struct Call {
    const HttpRequest& request;
    const RequestTarget& target;
    const AccessToken& caller;
  };
  using Handler = void (RestApi::*)(const Call& call, std::unique_ptr<AnswerSlot> slot);
  struct Route;

  static const Route* find_route(std::string_view method, const RequestTarget& target,
                                 std::string& allowed);
  void import(const Call& call, std::unique_ptr<AnswerSlot> slot);
  void get_person(const Call& call, std::unique_ptr<AnswerSlot> slot);
  void get_network(const Call& call, std::unique_ptr<AnswerSlot> slot);
  void ask_person(const Call& call, std::unique_ptr<AnswerSlot> slot,
                  Answer (*render)(const PersonFound& found));
  [[nodiscard]] Answer refusal(const Refusal& refused) const;

  SettlementService& service_;
  const Clock& clock_;
  Metrics& metrics_;
  const BearerTokens tokens_;
  const RestOptions options_;
};

}  // namespace gongji::gateway::rest
