// The fields of a household's hash that stand behind a person's number (docs/formats/redis.md).
#pragma once

#include <string_view>

namespace gongji::stores {

inline constexpr std::string_view kCurrentYear = ":current_year";
inline constexpr std::string_view kCarryover = ":carryover";
inline constexpr std::string_view kFamily = ":family";

}  // namespace gongji::stores
