// Which request targets speak the national interface: /fsi/api, /fsi/api/{infno} and
// /fsi/api/{service}/{method}. One dispatcher serves them all; the body's infno decides.
#pragma once

#include <string_view>

namespace gongji::gateway::wire {

[[nodiscard]] bool is_wire_path(std::string_view target);

}  // namespace gongji::gateway::wire
