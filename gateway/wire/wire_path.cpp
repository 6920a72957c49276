#include "gateway/wire/wire_path.hpp"

#include <algorithm>

namespace gongji::gateway::wire {

bool is_wire_path(std::string_view target) {
  constexpr std::string_view kRoot = "/fsi/api";
  constexpr unsigned kSegmentsMax = 2;
  const std::string_view path = target.substr(0, target.find('?'));
  if (!path.starts_with(kRoot)) return false;
  unsigned segments = 0;
  for (std::string_view rest = path.substr(kRoot.size()); !rest.empty();) {
    if (rest[0] != '/' || segments++ == kSegmentsMax) return rest == "/";
    rest.remove_prefix(1);
    rest.remove_prefix(std::min(rest.find('/'), rest.size()));
  }
  return true;
}

}  // namespace gongji::gateway::wire
