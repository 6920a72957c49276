// Finds one contribution order with its present status, for who may see it.
#pragma once

#include <functional>

#include "gateway/rest/backend.hpp"
#include "gateway/rest/contribution_fold.hpp"
#include "gateway/rest/sight.hpp"

namespace gongji::gateway::rest {

using WithOrder = std::function<void(const OrderFound& order)>;

// By the name it has outside; 404 or, for an app, 403 when it is not there or not to be seen.
void with_order(Backend& backend, const CallPtr& call, std::string_view id, WithOrder proceed);
// The present status of an order whose record is known.
void with_status(Backend& backend, const CallPtr& call, const RecordPtr& ordered,
                 WithOrder proceed);

}  // namespace gongji::gateway::rest
