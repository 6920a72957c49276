// SHA-256 of bytes in one go. Any thread.
#pragma once

#include <string_view>

#include "domain/ids.hpp"

namespace gongji::stores {

Digest sha256(std::string_view bytes);

}  // namespace gongji::stores
