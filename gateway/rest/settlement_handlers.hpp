// /v1/settlements and the lists of payments: one settlement, why it was split so, taking a part of
// it back, and what a network's or a person's money paid.
#pragma once

#include "gateway/rest/backend.hpp"
#include "gateway/rest/call.hpp"

namespace gongji::gateway::rest {

void get_settlement(Backend& backend, CallPtr call);
void get_explanation(Backend& backend, CallPtr call);
void refund_partially(Backend& backend, CallPtr call);
void list_network_payments(Backend& backend, CallPtr call);
void list_person_payments(Backend& backend, CallPtr call);

}  // namespace gongji::gateway::rest
