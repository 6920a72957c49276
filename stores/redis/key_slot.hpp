// Which of a cluster's 16384 slots a key lies in: CRC16 of its hash tag (the text between the first
// { and the next }), or of the whole key when it has none.
#pragma once

#include <string>
#include <string_view>

namespace gongji::stores {

constexpr unsigned kSlots = 16'384;

unsigned slot_of(std::string_view key);
// A short tag whose slot is this one.
const std::string& tag_of(unsigned slot);

}  // namespace gongji::stores
