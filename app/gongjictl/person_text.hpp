// `gongjictl person` and `network`: the gateway's JSON as a table.
#pragma once

#include <boost/json.hpp>
#include <string>

namespace gongji::ctl {

std::string person_text(const boost::json::value& person);
std::string network_text(const boost::json::value& network);

}  // namespace gongji::ctl
