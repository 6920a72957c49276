// One JSON object a line on stderr, with a stable event name first. No names, certificate numbers,
// card numbers, tokens or signatures are ever logged.
#pragma once

#include <string>

namespace gongji::app {

// Once, before anything logs. `level`: trace, debug, info, warn, error.
void set_up_logging(const std::string& level);

}  // namespace gongji::app
