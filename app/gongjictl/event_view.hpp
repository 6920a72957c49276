// Events in words a clerk understands, as JSON for scripts, and the persons they name.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "domain/event.hpp"

namespace gongji::ctl {

// "settled 86.50 = own 20.00 + family 46.50 + cash 20.00"
std::string event_text(const Event& event);  // event_words.cpp
// The type and what distinguishes it.
boost::json::object event_json(const Event& event);    // event_json.cpp
std::vector<PersonId> persons_in(const Event& event);  // event_persons.cpp

// "RESIDENT_PREMIUM 2027", "COMMERCIAL HUHUIBAO 2027": what an order is for.
std::string purpose_text(const Contribution& order);
std::string_view to_text(ContributionStatus status);  // "paid"

}  // namespace gongji::ctl
