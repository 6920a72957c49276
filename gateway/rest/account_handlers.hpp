// /v1/accounts: money the core system puts in or takes out, the year roll, and the end of an
// account. For the agency.
#pragma once

#include "gateway/rest/backend.hpp"
#include "gateway/rest/call.hpp"

namespace gongji::gateway::rest {

void credit_account(Backend& backend, CallPtr call);
void debit_account(Backend& backend, CallPtr call);
// One account: rolled at once. All of them: a job that runs beside the settlements.
void roll_accounts(Backend& backend, CallPtr call);
void get_roll(Backend& backend, CallPtr call);
void transfer_out(Backend& backend, CallPtr call);

}  // namespace gongji::gateway::rest
