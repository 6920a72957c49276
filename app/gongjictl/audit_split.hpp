// Audit: a settlement's parts add up to its bill, none is negative, and each leg is of the right
// person (GX-01, SH-11).
#pragma once

#include "app/gongjictl/audit.hpp"
#include "domain/record.hpp"

namespace gongji::ctl {

void check_split(const JournalRecord& record, ProblemList& problems);

}  // namespace gongji::ctl
