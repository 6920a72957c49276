// Masking: what a certificate shows of names and numbers that are not for everybody who sees it.
// Characters are Unicode code points of valid UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace gongji::gateway::certificate {

// "张三" → "张*", "欧阳小明" → "欧*": the first character and one star, whatever the length, so
// that the length says nothing. A name of one character is "*", no name stays empty.
std::string mask_name(std::string_view name);

// "310101199001011234" → "310101********1234". From 15 characters on the first 6 and last 4 stay,
// from 6 on the first and the last 2, else nothing.
std::string mask_number(std::string_view number);

}  // namespace gongji::gateway::certificate
