// Amounts, dates and instants as tests write them. Nonsense in a test is an error of the test and
// throws.
#pragma once

#include <string_view>

#include "domain/money.hpp"
#include "domain/time.hpp"

namespace gongji::test {

// "1234.05", "1234" or "0.01".
Fen yuan(std::string_view text);
// "2026-03-02"
CivilDate day(std::string_view text);
// Civil time UTC+8: "2026-03-02", "2026-03-02 10:00" or "2026-03-02 23:59:59".
Instant civil(std::string_view text);

}  // namespace gongji::test
