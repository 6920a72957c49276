// The words of a story that describe people and how they are bound.
#pragma once

#include "domain/command.hpp"
#include "tests/domain/support/story_reader.hpp"

namespace gongji::test {

// NAME SCHEME, then details as below. His certificate is ID-NAME, his card CARD-NAME.
Person read_person(Words& words, const std::string& area);
// carryover A · current A · account A (a quarter of it current-year) · in AREA · born DATE ·
// normal|suspended|ended · usable|frozen|closed · single|duplicate ·
// main-none|main-right|main-wrong · attempts-used · group CODE|none · employee|resident|help
void read_person_details(Words& words, Person& person);
// MEMBER RELATION [quota A] [from D] [to D] [for MODE…]
NewMember read_member(Words& words);
std::vector<Mode> read_modes(Words& words);

}  // namespace gongji::test
