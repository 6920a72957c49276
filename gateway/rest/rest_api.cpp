#include "gateway/rest/rest_api.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "gateway/rest/import_job.hpp"
#include "gateway/rest/loop_ticket.hpp"
#include "gateway/rest/person_view.hpp"
#include "gateway/wire/error_table.hpp"

namespace gongji::gateway::rest {
namespace {

constexpr std::size_t kPersonIdBytesMax = 30;
constexpr std::size_t kBatchBytesMax = 64;

// An app sees what the person it acts for may see: himself (SH-18). A stranger's existence is no
// answer either, so this stands before any look-up.
std::optional<Refusal> barred_view(const AccessToken& caller, std::string_view acting_person,
                                   std::string_view wanted) {
  if (caller.role != Role::kApp) return std::nullopt;
  if (acting_person.empty()) return Refusal{Reason::kNoActingPerson, "", {}, {}};
  if (acting_person != wanted) return Refusal{Reason::kForbiddenView, "", {}, {}};
  return std::nullopt;
}

std::string_view or_else(std::string_view text, std::string_view other) {
  return text.empty() ? other : text;
}

// Idempotency-Key comes bare or in quotes.
std::string_view unquoted(std::string_view text) {
  const bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  return quoted ? text.substr(1, text.size() - 2) : text;
}

bool is_batch_name(std::string_view text) {
  return !text.empty() && text.size() <= kBatchBytesMax &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

// Absent = 1.
std::optional<std::uint64_t> read_first_line(std::string_view text) {
  if (text.empty()) return 1;
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stop != end || number == 0) return std::nullopt;
  return number;
}

Answer render_person(const PersonFound& found) {
  Answer answer;
  answer.body = person_json(found);
  return answer;
}

Answer render_network(const PersonFound& found) {
  if (found.networks.empty()) return problem({Reason::kNotFound, "", {}, {}});
  Answer answer;
  answer.body = network_json(found);
  return answer;
}

}  // namespace

// The resources, and who may use them. `item`: the path goes on with an id.
struct RestApi::Route {
  std::string_view method;
  std::string_view collection;
  bool item;
  std::array<bool, 3> roles;  // app, agency, auditor
  Handler handler;
};

const RestApi::Route* RestApi::find_route(std::string_view method, const RequestTarget& target,
                                          std::string& allowed) {
  static constexpr std::array<Route, 3> kRoutes{{
      {"POST", "import", false, {false, true, false}, &RestApi::import},
      {"GET", "persons", true, {true, true, true}, &RestApi::get_person},
      {"GET", "networks", true, {true, true, true}, &RestApi::get_network},
  }};
  const auto& segments = target.segments;
  if (segments.size() < 2 || segments[0] != "v1") return nullptr;
  for (const Route& route : kRoutes) {
    const std::size_t length = route.item ? 3 : 2;
    if (segments.size() != length || segments[1] != route.collection) continue;
    if (route.method == method) return &route;
    allowed += (allowed.empty() ? "" : ", ") + std::string{route.method};
  }
  return nullptr;
}

RestApi::RestApi(SettlementService& service, const Clock& clock, Metrics& metrics,
                 AccessList access, RestOptions options)
    : service_(service),
      clock_(clock),
      metrics_(metrics),
      tokens_(std::move(access)),
      options_(options) {}

void RestApi::handle(const HttpRequest& request, std::unique_ptr<AnswerSlot> slot) {
  const std::string_view token = bearer_token(request);
  const AccessToken* caller = tokens_.find(token);
  if (caller == nullptr) return slot->answer(unauthenticated(!token.empty()));
  const auto target = parse_target(request.target);
  std::string allowed;
  const Route* route = target ? find_route(request.method, *target, allowed) : nullptr;
  if (route == nullptr && !allowed.empty()) return slot->answer(method_not_allowed(allowed));
  if (route == nullptr) return slot->answer(problem({Reason::kNotFound, "", {}, {}}));
  if (!route->roles[static_cast<std::size_t>(caller->role)])
    return slot->answer(problem({Reason::kForbidden, "", {}, {}}));
  (this->*route->handler)({request, *target, *caller}, std::move(slot));
}

void RestApi::import(const Call& call, std::unique_ptr<AnswerSlot> slot) {
  const HttpRequest& request = call.request;
  ImportOrder order;
  order.batch =
      or_else(call.target.parameter("batch"), unquoted(request.header("Idempotency-Key")));
  if (!is_batch_name(order.batch))
    return slot->answer(parameter_problem("batch", "应为1到64个可见字符，或用Idempotency-Key代替"));
  const auto first_line = read_first_line(call.target.parameter("first_line"));
  if (!first_line) return slot->answer(parameter_problem("first_line", "应为从1起的行号"));
  order.first_line = *first_line;
  order.channel = or_else(request.header("X-Channel"), "import");
  order.operator_id = or_else(request.header("X-Operator"), call.caller.name);
  order.acting_person = request.header("X-Acting-Person");
  order.window = options_.import_window;
  order.deadline_ms = options_.deadline_ms;
  std::make_shared<ImportJob>(service_, clock_, metrics_, std::move(order), request.body,
                              std::move(slot))
      ->go_on();
}

void RestApi::get_person(const Call& call, std::unique_ptr<AnswerSlot> slot) {
  ask_person(call, std::move(slot), render_person);
}

void RestApi::get_network(const Call& call, std::unique_ptr<AnswerSlot> slot) {
  ask_person(call, std::move(slot), render_network);
}

void RestApi::ask_person(const Call& call, std::unique_ptr<AnswerSlot> slot,
                         Answer (*render)(const PersonFound& found)) {
  const std::string& wanted = call.target.segments[2];
  const std::string_view acting = call.request.header("X-Acting-Person");
  if (auto refused = barred_view(call.caller, acting, wanted))
    return slot->answer(refusal(*refused));
  if (wanted.size() > kPersonIdBytesMax)
    return slot->answer(refusal({Reason::kNoPerson, "", {}, {}}));
  Request request;
  request.origin.received_at = clock_.now();
  request.origin.channel = call.request.header("X-Channel");
  request.origin.operator_id = or_else(call.request.header("X-Operator"), call.caller.name);
  request.origin.acting_person = acting;
  request.ask = PersonQuery{PersonId{wanted}, {}};
  request.deadline = call.request.first_byte_at + options_.deadline_ms;
  AnswerSlot& loop = *slot;
  const std::shared_ptr<AnswerSlot> shared = std::move(slot);
  service_.submit(
      std::move(request), make_loop_ticket(loop, [this, shared, render](const Reply& reply) {
        const auto* found = std::get_if<PersonFound>(&reply);
        const auto* refused = std::get_if<NotDecided>(&reply);
        shared->answer(found != nullptr     ? render(*found)
                       : refused != nullptr ? refusal(refused->refusal)
                                            : refusal({Reason::kUnknownOutcome, "", {}, {}}));
      }));
}

// Refusals for load say when to come back.
Answer RestApi::refusal(const Refusal& refused) const {
  metrics_.refusal(refused.reason);
  Answer answer = problem(refused);
  if (wire::error_entry(refused.reason).retry == wire::Retry::kSameMessage)
    answer.headers.emplace_back("Retry-After", std::to_string(options_.retry_after_s));
  return answer;
}

}  // namespace gongji::gateway::rest
