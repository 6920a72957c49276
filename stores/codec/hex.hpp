// Lower-case hex text and the bytes it stands for. For the codec (profile hashes at half their
// size) and for messages.
#pragma once

#include <string>
#include <string_view>

namespace gongji::stores {

// Non-empty, of even length, of the digits 0-9a-f only.
bool is_hex(std::string_view text);
// Needs is_hex(text).
std::string from_hex(std::string_view text);
std::string to_hex(std::string_view bytes);

}  // namespace gongji::stores
