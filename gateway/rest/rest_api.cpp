#include "gateway/rest/rest_api.hpp"

#include <algorithm>
#include <optional>

#include "gateway/rest/answers.hpp"

namespace gongji::gateway::rest {
namespace {

constexpr std::size_t kKeyBytesMax = 64;

bool is_key(std::string_view text) {
  return !text.empty() && text.size() <= kKeyBytesMax &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

// Who uses a route without a token.
const AccessToken& anybody() {
  static const AccessToken kAnybody{"", Role::kAuditor, ""};
  return kAnybody;
}

bool names_person(std::string_view path) {
  return path.find("{psn_no}") != std::string_view::npos ||
         path.find("{organizer}") != std::string_view::npos;
}

// Ids come from the outside and go into the journal and into other ids: nothing but visible
// characters, as persons have.
std::optional<Reason> wrong_id(const Route& route, const Call& call) {
  const bool person = names_person(route.path);
  const bool fits = std::all_of(call.ids.begin(), call.ids.end(), [&](const std::string& id) {
    return person ? is_person_id(id) : is_key(id);
  });
  if (fits) return std::nullopt;
  return person ? Reason::kNoPerson : Reason::kNotFound;
}

// What stands against the call before any handler looks at it.
std::optional<Answer> barred(const Backend& backend, const Route& route, const Call& call) {
  if (route.use == Use::kPublic) return std::nullopt;
  const bool reads = route.use == Use::kRead;
  if (!route.roles.allow(call.role))
    return refused(backend, reads ? Reason::kForbiddenView : Reason::kForbidden);
  if (call.by_app() && call.acting_person.empty()) return refused(backend, Reason::kNoActingPerson);
  if (!call.acting_person.empty() && !is_person_id(call.acting_person))
    return parameter_problem("X-Acting-Person", "应为1到30个可见字符的人员编号");
  if (const auto reason = wrong_id(route, call)) return refused(backend, *reason);
  if (route.use == Use::kWrite && !is_key(call.idempotency_key))
    return parameter_problem("Idempotency-Key", "写请求须带1到64个可见字符的幂等键");
  return std::nullopt;
}

Answer no_route(const RouteMatch& match) {
  if (!match.allowed.empty()) return method_not_allowed(match.allowed);
  return problem({Reason::kNotFound, "", {}, {}});
}

}  // namespace

RestApi::RestApi(RestPorts ports, AccessList access, RestOptions options)
    : tokens_(std::move(access)), log_(options.slow_ms), backend_{ports, std::move(options)} {}

void RestApi::handle(const HttpRequest& request, std::unique_ptr<AnswerSlot> slot) {
  const std::string_view token = bearer_token(request);
  const AccessToken* caller = tokens_.find(token);
  auto target = parse_target(request.target);
  RouteMatch match;
  if (target) match = match_route(request.method, target->segments);
  const bool open = match.route != nullptr && match.route->use == Use::kPublic;
  if (caller == nullptr && !open) return slot->answer(unauthenticated(!token.empty()));
  if (match.route == nullptr) return slot->answer(no_route(match));
  const CallPtr call = make_call(request, open ? anybody() : *caller, *std::move(target),
                                 backend_.options.deadline_ms, std::move(slot));
  call->operation = std::string{match.route->method} + ' ' + std::string{match.route->path};
  call->ids = std::move(match.ids);
  call->log = &log_;
  if (auto answer = barred(backend_, *match.route, *call)) return call->answer(*std::move(answer));
  match.route->handler(backend_, call);
}

}  // namespace gongji::gateway::rest
