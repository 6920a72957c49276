// The settlement that docs/formats/journal.md takes apart byte by byte: a child at a pharmacy in
// Shanghai, 120.00 yuan, 20.00 of his own and 100.00 of his mother's.
#pragma once

#include "domain/record.hpp"

namespace gongji::stores::testing {

JournalRecord worked_record();

}  // namespace gongji::stores::testing
