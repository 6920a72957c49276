// /v1/networks: forming, looking at, confirming the modes of, and disbanding a network; binding,
// correcting, rebinding and unbinding its members; leaving.
#pragma once

#include "gateway/rest/backend.hpp"
#include "gateway/rest/call.hpp"

namespace gongji::gateway::rest {

void form_network(Backend& backend, CallPtr call);
void get_network(Backend& backend, CallPtr call);
void put_modes(Backend& backend, CallPtr call);
void disband_network(Backend& backend, CallPtr call);

void bind_member(Backend& backend, CallPtr call);
void correct_relation(Backend& backend, CallPtr call);
void rebind_member(Backend& backend, CallPtr call);
void unbind_member(Backend& backend, CallPtr call);
void leave_networks(Backend& backend, CallPtr call);

}  // namespace gongji::gateway::rest
