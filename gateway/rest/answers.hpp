// The answers every handler of /v1 gives alike.
#pragma once

#include <string>

#include "gateway/exchange.hpp"
#include "gateway/rest/backend.hpp"
#include "gateway/rest/problem.hpp"

namespace gongji::gateway::rest {

constexpr unsigned kOk = 200;
constexpr unsigned kCreated = 201;
constexpr unsigned kAccepted = 202;

Answer json_answer(std::string body, unsigned status = kOk);

// A problem document, counted; refusals for load say when to come back.
Answer refused(const Backend& backend, const Refusal& refusal);
Answer refused(const Backend& backend, Reason reason);

}  // namespace gongji::gateway::rest
