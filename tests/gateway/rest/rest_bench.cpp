#include "tests/gateway/rest/rest_bench.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "tests/gateway/rest/openapi_check.hpp"

namespace gongji::gateway::testing {
namespace {

rest::RestOptions options_with(unsigned import_window) {
  rest::RestOptions options;
  options.import_window = import_window;
  options.certificate_key.fill(7);
  return options;
}

std::string operation_of(std::string_view method, std::string_view target) {
  const auto parsed = rest::parse_target(target);
  if (!parsed) return "";
  const auto match = rest::match_route(method, parsed->segments);
  if (match.route == nullptr) return "";
  return std::string{method} + ' ' + std::string{match.route->path};
}

}  // namespace

Headers with(Headers headers, std::string_view name, std::string_view value) {
  headers.emplace_back(name, value);
  return headers;
}

Headers acting(std::string_view person) { return with(kApp, "X-Acting-Person", person); }
Headers keyed(Headers headers, std::string_view key) {
  return with(std::move(headers), "Idempotency-Key", key);
}

RestBench::RestBench(unsigned import_window)
    : api({service, bulk, records, rolls, policies, clock, metrics},
          {{"app-token", Role::kApp, "citizen app"},
           {"agency-token", Role::kAgency, "counter 3"},
           {"auditor-token", Role::kAuditor, "audit"}},
          options_with(import_window)) {}

void RestBench::send(std::string_view method, std::string_view target, const Headers& headers,
                     std::string_view body) {
  operation_ = operation_of(method, target);
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
  check_new_answers();
}

void RestBench::reply(std::size_t number, Reply reply) {
  auto ticket = std::move(service.submitted.at(number).ticket);
  ASSERT_NE(ticket, nullptr) << number;
  ticket->complete(std::move(reply));
  ticket.reset();
  loop.turn();
  check_new_answers();
}

std::shared_ptr<JournalRecord> RestBench::apply(Events events, bool replayed) {
  const std::size_t last = service.submitted.size() - 1;
  auto record = admin_record(service.submitted.at(last).request);
  record->sequence = Sequence{42};
  record->at = clock.at;
  record->profile = {"SH-2025", "abc"};
  record->outcome = std::move(events);
  reply(last, Recorded{record, replayed, nullptr});
  return record;
}

void RestBench::refuse(Refusal refusal) {
  const std::size_t last = service.submitted.size() - 1;
  reply(last, Recorded{admin_record(service.submitted.at(last).request, std::move(refusal)), false,
                       nullptr});
}

void RestBench::await_work() {
  for (int i = 0; i < 10'000 && loop.idle(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  loop.turn();
  check_new_answers();
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

bool RestBench::says(std::string_view text) const {
  return answer().body.find(text) != std::string::npos;
}

const Request& RestBench::request(std::size_t number) const {
  return service.submitted.at(number).request;
}

void RestBench::check_new_answers() {
  for (; checked_ < loop.answers.size(); ++checked_) {
    const Answer& answer = loop.answers[checked_];
    if (operation_.empty()) continue;
    const std::string fault = openapi_fault(operation_, answer);
    EXPECT_EQ(fault, "") << operation_ << ' ' << answer.http_status << ' ' << answer.body;
  }
}

std::shared_ptr<JournalRecord> admin_record(const Request& request) {
  auto record = std::make_shared<JournalRecord>();
  record->origin = request.origin;
  record->command = std::get<AdminRequest>(request.ask).command;
  return record;
}

std::shared_ptr<JournalRecord> admin_record(const Request& request, Refusal refusal) {
  auto record = admin_record(request);
  record->outcome = std::move(refusal);
  return record;
}

}  // namespace gongji::gateway::testing
