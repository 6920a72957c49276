// A ticket that continues on the loop thread of the slot it belongs to.
#pragma once

#include <functional>
#include <memory>

#include "gateway/exchange.hpp"
#include "ports/settlement_service.hpp"

namespace gongji::gateway::rest {

// `slot` must live as long as the continuation, which may own it; it is destroyed with the
// continuation when the loop has ended. `hops`, when asked for, live as long and are filled before
// it runs.
std::unique_ptr<ReplyTicket> make_loop_ticket(AnswerSlot& slot,
                                              std::function<void(const Reply&)> continuation,
                                              HopTimes* hops = nullptr);

}  // namespace gongji::gateway::rest
