// Events in words and as JSON, and the persons they name.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "domain/event.hpp"

namespace gongji::ctl {

std::string event_text(
    const Event& event);  // "settled 86.50 = own 20.00 + family 46.50 + cash 20.00"
boost::json::object event_json(const Event& event);
std::vector<PersonId> persons_in(const Event& event);

}  // namespace gongji::ctl
