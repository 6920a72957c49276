// One request to /v1 whose caller is known: who asks, on whose behalf, and what the path and the
// headers say. Lives until its answer; one owner at a time, on the loop thread of its session.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.hpp"
#include "gateway/exchange.hpp"
#include "gateway/message_log.hpp"
#include "gateway/rest/request_target.hpp"
#include "gateway/rest/running_keys.hpp"
#include "ports/access.hpp"

namespace gongji::gateway::rest {

struct Call {
  Role role = Role::kAuditor;
  std::string token_name;
  std::string acting_person;    // X-Acting-Person; "" = none
  std::string operator_id;      // X-Operator, else the token's name
  std::string channel;          // X-Channel, else the role's name
  bool channel_named = false;   // X-Channel was there
  std::string idempotency_key;  // without its quotes
  std::string accept;
  std::string last_event_id;
  RequestTarget target;
  std::string operation;         // "PUT /v1/networks/{organizer}/modes"
  std::vector<std::string> ids;  // what stands for the braces of the path
  std::string_view body;         // ends with the handler's call; padded for the JSON reader
  std::chrono::steady_clock::time_point deadline;
  std::shared_ptr<AnswerSlot> slot;
  // What looked something up may still hold this call on another thread when it is answered, so the
  // key goes with the answer and not with the call: who has read the answer may use it again.
  std::unique_ptr<RunningKeys::Hold> running_key;

  // For the log, should it take long. What waits because it was asked to is never slow.
  MessageLog* log = nullptr;
  TraceContext trace{};
  HopTimes::Moment first_byte_at{};
  HopTimes::Moment read_at{};
  HopTimes hops{};
  bool waits = false;

  [[nodiscard]] bool by_app() const { return role == Role::kApp; }
  // An app speaks for its acting person alone; agency and auditor for anybody.
  [[nodiscard]] bool may_act_for(std::string_view person) const {
    return !by_app() || acting_person == person;
  }
  [[nodiscard]] PersonId person(std::size_t index) const { return PersonId{ids.at(index)}; }
  void answer(Answer answer);

 private:
  void tell(unsigned http_status) const;
};
using CallPtr = std::shared_ptr<Call>;

// Fills in what headers and token say; the route's part (operation, ids) is the caller's to set.
CallPtr make_call(const HttpRequest& request, const AccessToken& token, RequestTarget target,
                  std::chrono::milliseconds deadline_ms, std::unique_ptr<AnswerSlot> slot);

std::string_view to_text(Role role);  // "app"

// 1 to 30 characters without spaces or control characters.
bool is_person_id(std::string_view text);

}  // namespace gongji::gateway::rest
