// The checksum at the end of what RESTORE takes: CRC-64 with Jones' polynomial, as Redis counts it.
#pragma once

#include <cstdint>
#include <string_view>

namespace gongji::stores {

std::uint64_t crc64(std::string_view bytes);

}  // namespace gongji::stores
