// /v1/contributions: ordering a premium or a product, the tax side's word on an order, and the
// lists of what was ordered.
#pragma once

#include "gateway/rest/backend.hpp"
#include "gateway/rest/call.hpp"

namespace gongji::gateway::rest {

void order_contribution(Backend& backend, CallPtr call);
void get_contribution(Backend& backend, CallPtr call);
void confirm_tax(Backend& backend, CallPtr call);
void list_network_contributions(Backend& backend, CallPtr call);
void list_person_contributions(Backend& backend, CallPtr call);

}  // namespace gongji::gateway::rest
