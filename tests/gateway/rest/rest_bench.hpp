// /v1 with everything around it played by the test: three tokens, one for each role, requests in,
// answers out. Every answer to a documented request is held against the OpenAPI document.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gateway/rest/rest_api.hpp"
#include "tests/gateway/json/padded.hpp"
#include "tests/gateway/rest/fake_ports.hpp"
#include "tests/gateway/wire/fake_service.hpp"

namespace gongji::gateway::testing {

using Headers = std::vector<std::pair<std::string_view, std::string_view>>;

inline const Headers kAgency{{"authorization", "Bearer agency-token"}};
inline const Headers kAuditor{{"Authorization", "bearer auditor-token"}};
inline const Headers kApp{{"Authorization", "Bearer app-token"}};
Headers with(Headers headers, std::string_view name, std::string_view value);
// An app that acts for that person; a write with a key of its own.
Headers acting(std::string_view person);
Headers keyed(Headers headers, std::string_view key = "key-1");

class RestBench {
 public:
  explicit RestBench(unsigned import_window = 4);
  ~RestBench() { end(service, loop); }
  RestBench(const RestBench&) = delete;
  RestBench& operator=(const RestBench&) = delete;

  void send(std::string_view method, std::string_view target, const Headers& headers,
            std::string_view body = "");
  // Completes the open ticket with that number (counted from the first request) and turns the loop.
  void reply(std::size_t number, Reply reply);
  // Completes the last one with a record that has these events, or a refusal.
  std::shared_ptr<JournalRecord> apply(Events events, bool replayed = false);
  void refuse(Refusal refusal);
  // Waits until another thread has handed its work to the loop, and turns it.
  void await_work();

  [[nodiscard]] const Answer& answer() const;
  [[nodiscard]] std::string header(std::string_view name) const;
  [[nodiscard]] bool says(std::string_view text) const;  // the answer's body does
  [[nodiscard]] const Request& request(std::size_t number = 0) const;
  template <class C>
  [[nodiscard]] const C& command(std::size_t number = 0) const {
    return std::get<C>(std::get<AdminRequest>(request(number).ask).command);
  }

  FakeService service;
  FakeBulk bulk{service};
  FakeRecords records;
  FakeRolls rolls;
  FakePolicies policies;
  FakeClock clock{Instant{std::chrono::milliseconds{1'795'000'000'000}}};
  NoMetrics metrics;
  FakeLoop loop;
  rest::RestApi api;

 private:
  void check_new_answers();

  std::string operation_;  // of the last request; "" = none of the table
  std::size_t checked_ = 0;
};

// A record as an applied or refused administration command leaves it.
std::shared_ptr<JournalRecord> admin_record(const Request& request);
std::shared_ptr<JournalRecord> admin_record(const Request& request, Refusal refusal);

}  // namespace gongji::gateway::testing
