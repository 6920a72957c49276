// A point in time as programs exchange it: RFC 3339 in UTC+8, "2026-11-22T10:15:30+08:00".
#pragma once

#include <string>

#include "domain/time.hpp"

namespace gongji::gateway::certificate {

std::string internet_time(Instant at);

}  // namespace gongji::gateway::certificate
