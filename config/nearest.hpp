// Finds the name a person probably meant: "gateway.htpp" → "gateway.http".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gongji::config {

// The known name closest to `written`, or "" when none is close enough to be a help.
std::string nearest(std::string_view written, const std::vector<std::string>& known);

// "unknown key; did you mean gateway.http?" or, without a near name, the known ones.
std::string unknown_key_text(std::string_view written, const std::vector<std::string>& known);

}  // namespace gongji::config
