// The OpenAPI document against the interface: every route is described and nothing else is; every
// status a description names can be brought about. (What the answers look like is checked by the
// bench on every answer of every test in this folder.)
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <map>

#include "gateway/rest/openapi_document.hpp"
#include "gateway/rest/problem.hpp"
#include "tests/gateway/rest/openapi_check.hpp"
#include "tests/gateway/rest/records_kit.hpp"
#include "tests/gateway/rest/rest_bench.hpp"

namespace gongji::gateway::rest {
namespace {

using namespace testing;

TEST(OpenApi, DescribesEveryRouteAndNothingElse) {
  std::set<std::string> served;
  for (const Route& route : routes())
    served.insert(std::string{route.method} + ' ' + std::string{route.path});
  std::set<std::string> described;
  for (const auto& [operation, status] : documented_statuses()) described.insert(operation);
  EXPECT_EQ(served, described);
}

// Writes say that they need a key, apps' routes that they take an acting person.
TEST(OpenApi, DescribesTheHeadersOfEveryRoute) {
  const boost::json::value document = boost::json::parse(openapi_document());
  for (const Route& route : routes()) {
    std::string method{route.method};
    for (char& letter : method) letter = static_cast<char>(letter - 'A' + 'a');
    const auto& operation = document.at("paths").at(route.path).at(method).as_object();
    const std::string parameters =
        operation.contains("parameters") ? boost::json::serialize(operation.at("parameters")) : "";
    const bool named = parameters.find("parameters/IdempotencyKey") != std::string::npos;
    EXPECT_EQ(named, route.use == Use::kWrite) << route.method << route.path;
    EXPECT_EQ(parameters.find("ActingPerson") != std::string::npos, route.use != Use::kPublic)
        << route.path;
  }
}

TEST(OpenApi, IsServedWithoutAToken) {
  RestBench bench;
  bench.send("GET", "/v1/openapi.json", {});
  EXPECT_EQ(bench.answer().http_status, 200u);
  EXPECT_EQ(bench.answer().body, openapi_document());
}

// What the transports answer before any handler is asked: too long, too much, drained, malformed,
// and "nobody can say" for a slot that was lost.
TEST(OpenApi, DescribesWhatTheTransportsSay) {
  const auto answered = [](unsigned status, std::string body) {
    return Answer{status, kProblemType, std::move(body), {}, false};
  };
  const std::map<unsigned, std::string> kSaid{{413, rejected_problem(413, "x")},
                                              {400, rejected_problem(400, "x")},
                                              {503, busy_problem(ShedCause::kGlobal, 1)},
                                              {500, unknown_problem()}};
  for (const auto& [operation, status] : documented_statuses()) {
    const auto said = kSaid.find(status);
    if (said == kSaid.end()) continue;
    EXPECT_EQ(openapi_fault(operation, answered(status, said->second)), "") << operation;
  }
}

// One valid request of each route: its body, and what the service applies to it.
struct Good {
  const char* body = "";
  Events events = {};
  unsigned status = 200;
};

Link child() {
  Link link;
  link.member = PersonId{"32"};
  return link;
}

const std::map<std::string, Good>& good_writes() {
  static const PersonId kOrganiser{"31"};
  static const std::map<std::string, Good> kWrites{
      {"POST /v1/networks",
       {R"({"organizer":"31","profile":"SH"})", {NetworkFormed{kOrganiser, "SH"}}, 201}},
      {"DELETE /v1/networks/{organizer}", {"", {NetworkDisbanded{kOrganiser}}}},
      {"PUT /v1/networks/{organizer}/modes",
       {R"({"modes":["PAY"]})", {ModesConfirmed{kOrganiser, {Mode::kPay}}}}},
      {"POST /v1/networks/{organizer}/members",
       {R"({"psn_no":"32","relation":"CHILD"})", {MemberBound{kOrganiser, child()}}, 201}},
      {"PATCH /v1/networks/{organizer}/members/{psn_no}",
       {R"({"relation":"CHILD"})", {RelationCorrected{}}}},
      {"DELETE /v1/networks/{organizer}/members/{psn_no}", {"", {MemberUnbound{}}}},
      {"POST /v1/networks/{organizer}/members/{psn_no}/rebind",
       {R"({"relation":"CHILD"})", {MemberBound{kOrganiser, child()}}}},
      {"PATCH /v1/persons/{psn_no}", {R"({"psn_insu_stas":"2"})", {PersonDetailsChanged{}}}},
      {"POST /v1/persons/{psn_no}/leave", {"", {MemberUnbound{}}}},
      {"POST /v1/accounts/roll", {R"({"year":2026,"psn_no":"31"})", {YearRolled{}}}},
      {"POST /v1/accounts/{psn_no}/credits",
       {R"({"bucket":"carryover","amount":"1.00","reason":"r"})", {AccountCredited{}}}},
      {"POST /v1/accounts/{psn_no}/debits",
       {R"({"bucket":"carryover","amount":"1.00","reason":"CORE_USE"})", {AccountDebited{}}}},
      {"POST /v1/accounts/{psn_no}/transfer-out", {"{}", {AccountTransferredOut{}}}},
      {"POST /v1/contributions",
       {R"({"psn_no":"32","purpose":"RESIDENT_PREMIUM","year":2026})",
        std::get<Events>(contribution(9, ContributionStatus::kPaid)->outcome), 201}},
      {"POST /v1/contributions/{id}/tax-confirmation", {"{}", {}}},
      {"POST /v1/settlements/{setl_id}/partial-refund",
       {R"({"medfee_sumamt":"260.00"})",
        {*reversal(9, *settlement(1))->event<SettlementReversed>(),
         *settlement(1)->event<Settled>()}}},
      {"POST /v1/reviews",
       {R"({"link_id":"1048577","psn_no":"32"})",
        {ReviewMarked{Review{{}, LinkId{1048577}, PersonId{"32"}, ""}, true}},
        201}},
  };
  return kWrites;
}

std::string target_of(const Route& route, bool unknown = false) {
  std::string target{route.path};
  const auto replace = [&](const std::string& name, const std::string& value) {
    if (const std::size_t at = target.find(name); at != std::string::npos)
      target.replace(at, name.size(), value);
  };
  const std::string person(unknown ? 31 : 2, '3');  // no number has 31 characters
  replace("{organizer}", unknown ? person : "31");
  replace("{psn_no}", unknown ? person : "32");
  replace("{setl_id}", setl_id(unknown ? 99 : 1));
  replace("{id}", contribution_name(unknown ? 99 : 2));
  replace("{code}", "0000-0000-0000-0000-0000-0000");
  return target;
}

// Asks each route for everything its description promises.
class Statuses {
 public:
  void ask(const Route& route) {
    operation_ = std::string{route.method} + ' ' + std::string{route.path};
    route_ = &route;
    if (route.use == Use::kPublic) return ask_public();
    ask_callers();
    if (route.use == Use::kWrite) ask_write();
    if (route.use == Use::kRead) ask_read();
    if (route.use == Use::kImport) ask_import();
  }

  std::set<std::pair<std::string, unsigned>> seen;

 private:
  std::unique_ptr<RestBench> bench() const {
    auto made = std::make_unique<RestBench>();
    made->records.add(settlement(1));
    made->records.add(
        contribution(2, writes() ? ContributionStatus::kPending : ContributionStatus::kPaid));
    return made;
  }
  [[nodiscard]] bool writes() const { return route_->use == Use::kWrite; }
  [[nodiscard]] std::string body() const {
    return writes() ? good_writes().at(operation_).body : "";
  }

  void note(const RestBench& bench) {
    for (const Answer& answer : bench.loop.answers) seen.emplace(operation_, answer.http_status);
  }
  void send(RestBench& bench, const Headers& headers, const std::string& body,
            const std::string& target) {
    bench.send(route_->method, target, headers, body);
  }
  // The good request, answered with `reply` when the service was asked.
  void answer_with(Reply reply) {
    auto b = bench();
    send(*b, keyed(kAgency), body(), target_of(*route_));
    if (!b->service.submitted.empty()) b->reply(0, std::move(reply));
    note(*b);
  }

  void ask_public() {
    auto b = bench();
    send(*b, {}, "", target_of(*route_));
    note(*b);
  }

  void ask_callers() {
    for (const Headers& headers : {Headers{}, keyed(kApp), keyed(acting("34")), kAuditor,
                                   with(kAgency, "X-Acting-Person", "a b")}) {
      auto b = bench();
      send(*b, headers, body(), target_of(*route_));
      if (!b->service.submitted.empty()) b->reply(0, organiser_found());
      note(*b);
    }
    auto b = bench();
    send(*b, keyed(kAgency), body(), target_of(*route_, true));
    note(*b);
  }

  void ask_write() {
    const Good& good = good_writes().at(operation_);
    auto b = bench();
    send(*b, keyed(kAgency), good.body, target_of(*route_));
    ASSERT_FALSE(b->service.submitted.empty()) << operation_ << b->answer().body;
    send(*b, keyed(kAgency), good.body, target_of(*route_));  // still running
    b->apply(good.events);
    EXPECT_EQ(b->answer().http_status, good.status) << operation_;
    note(*b);
    for (const Reason reason : {Reason::kBusy, Reason::kDeadline, Reason::kUnknownOutcome,
                                Reason::kNoNetwork, Reason::kNoPerson})
      answer_with(NotDecided{{reason, "", {}, {}}});
    ask_all_accounts();
  }

  void ask_all_accounts() {
    if (operation_ != "POST /v1/accounts/roll") return;
    auto b = bench();
    send(*b, keyed(kAgency), R"({"year":2026})", target_of(*route_));
    note(*b);
  }

  void ask_read() {
    answer_with(organiser_found());
    answer_with(MessageFound{MessageState::kApplied, nullptr, nullptr});
    answer_with(NotDecided{{Reason::kBusy, "", {}, {}}});
    for (const char* query : {"?limit=0", "?wait=x", "?year=x"}) {
      auto b = bench();
      send(*b, kAgency, "", target_of(*route_) + query);
      note(*b);
    }
    auto b = bench();
    b->records.broken = true;
    send(*b, kAgency, "", target_of(*route_));
    b->rolls.latest = RollProgress{};
    send(*b, kAgency, "", target_of(*route_));
    note(*b);
    ask_records();
  }

  void ask_records() {
    auto b = bench();
    b->records.strangers[PersonId{"99"}] = true;
    send(*b, kAgency, "", target_of(*route_) + "?psn_no=99");
    send(*b, with(kAgency, "Accept", "text/html"), "", target_of(*route_));
    send(*b, kAgency, "", target_of(*route_));
    if (route_->path == "/v1/certificates/{code}") ask_code(*b);
    note(*b);
    auto pending = std::make_unique<RestBench>();
    pending->records.add(contribution(2, ContributionStatus::kPending));
    send(*pending, kAgency, "", target_of(*route_));
    note(*pending);
  }

  void ask_code(RestBench& b) {
    RestBench other;
    other.records.add(contribution(2, ContributionStatus::kPaid));
    other.send("GET", "/v1/contributions/" + contribution_name(2) + "/certificate", kAgency);
    const std::string& body = other.answer().body;
    const std::size_t at = body.find(R"("check_code":")") + 14;
    const std::string target = "/v1/certificates/" + body.substr(at, body.find('"', at) - at);
    send(b, kAgency, "", target);
    b.records.broken = true;
    send(b, kAgency, "", target);
  }

  void ask_import() {
    auto b = bench();
    send(*b, keyed(kAgency), "", target_of(*route_));
    send(*b, kAgency, "", target_of(*route_));
    note(*b);
  }

  std::string operation_;
  const Route* route_ = nullptr;
};

TEST(OpenApi, EveryDocumentedStatusIsProduced) {
  Statuses statuses;
  for (const Route& route : routes()) statuses.ask(route);
  for (const auto& [operation, status] : documented_statuses()) {
    const bool by_transport = status == 413 || status == 500 || status == 503;
    const bool malformed = status == 400 && operation == "GET /v1/openapi.json";
    if (by_transport || malformed) continue;  // DescribesWhatTheTransportsSay
    EXPECT_TRUE(statuses.seen.contains({operation, status})) << operation << ' ' << status;
  }
}

}  // namespace
}  // namespace gongji::gateway::rest
