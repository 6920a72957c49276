// /v1 with everything around it played by the test: three tokens, one for each role, requests in,
// answers out.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gateway/rest/rest_api.hpp"
#include "tests/gateway/json/padded.hpp"
#include "tests/gateway/wire/fake_service.hpp"

namespace gongji::gateway::testing {

using Headers = std::vector<std::pair<std::string_view, std::string_view>>;

inline const Headers kAgency{{"authorization", "Bearer agency-token"}};
inline const Headers kAuditor{{"Authorization", "bearer auditor-token"}};
inline const Headers kApp{{"Authorization", "Bearer app-token"}};
Headers with(Headers headers, std::string_view name, std::string_view value);

class RestBench {
 public:
  explicit RestBench(unsigned import_window = 4);

  void send(std::string_view method, std::string_view target, const Headers& headers,
            std::string_view body = "");
  // Completes the open ticket with that number (counted from the first request) and turns the loop.
  void reply(std::size_t number, Reply reply);
  [[nodiscard]] const Answer& answer() const;
  [[nodiscard]] std::string header(std::string_view name) const;

  FakeService service;
  FakeClock clock{Instant{std::chrono::milliseconds{1'795'000'000'000}}};
  NoMetrics metrics;
  FakeLoop loop;
  rest::RestApi api;
};

// A record as an applied or refused administration command leaves it.
RecordPtr admin_record(const Request& request);
RecordPtr admin_record(const Request& request, Refusal refusal);

}  // namespace gongji::gateway::testing
