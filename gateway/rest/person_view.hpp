// What /v1 shows of a person and of the network he organises.
#pragma once

#include <string>

#include "ports/settlement_service.hpp"

namespace gongji::gateway::rest {

std::string person_json(const PersonFound& found);
// The first network of `found`, which must have one.
std::string network_json(const PersonFound& found);

}  // namespace gongji::gateway::rest
