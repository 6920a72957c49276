// Names come from outside. Before one is drawn, everything in it that is neither a character nor a
// space becomes U+FFFD: line ends and other controls, characters that turn the direction of the
// text or join invisibly, bytes that are no UTF-8. Long texts end in "…", so that none costs much
// to draw.
#pragma once

#include <string>
#include <string_view>

namespace gongji::gateway::certificate {

inline constexpr std::size_t kPrintableCharactersMax = 200;

std::string printable(std::string_view text);

}  // namespace gongji::gateway::certificate
