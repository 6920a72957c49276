#include "tests/gateway/rest/rest_bench.hpp"

#include <gtest/gtest.h>

namespace gongji::gateway::testing {
namespace {

rest::RestOptions options_with(unsigned import_window) {
  rest::RestOptions options;
  options.import_window = import_window;
  return options;
}

std::shared_ptr<JournalRecord> record_of(const Request& request) {
  auto record = std::make_shared<JournalRecord>();
  record->origin = request.origin;
  record->command = std::get<AdminRequest>(request.ask).command;
  return record;
}

}  // namespace

Headers with(Headers headers, std::string_view name, std::string_view value) {
  headers.emplace_back(name, value);
  return headers;
}

RestBench::RestBench(unsigned import_window)
    : api(service, clock, metrics,
          {{"app-token", Role::kApp, "citizen app"},
           {"agency-token", Role::kAgency, "counter 3"},
           {"auditor-token", Role::kAuditor, "audit"}},
          options_with(import_window)) {}

void RestBench::send(std::string_view method, std::string_view target, const Headers& headers,
                     std::string_view body) {
  const Padded padded{body};
  HttpRequest request;
  request.method = method;
  request.target = target;
  request.body = padded.view();
  request.headers = headers;
  request.first_byte_at = std::chrono::steady_clock::now();
  request.caller = std::make_shared<Caller>();
  api.handle(request, std::make_unique<FakeSlot>(loop));
  loop.turn();
}

void RestBench::reply(std::size_t number, Reply reply) {
  auto ticket = std::move(service.submitted.at(number).ticket);
  ASSERT_NE(ticket, nullptr) << number;
  ticket->complete(std::move(reply));
  loop.turn();
}

const Answer& RestBench::answer() const {
  static const Answer kNone;
  EXPECT_FALSE(loop.answers.empty());
  return loop.answers.empty() ? kNone : loop.answers.back();
}

std::string RestBench::header(std::string_view name) const {
  for (const auto& [key, value] : answer().headers)
    if (key == name) return value;
  return "";
}

RecordPtr admin_record(const Request& request) { return record_of(request); }

RecordPtr admin_record(const Request& request, Refusal refusal) {
  auto record = record_of(request);
  record->outcome = std::move(refusal);
  return record;
}

}  // namespace gongji::gateway::testing
