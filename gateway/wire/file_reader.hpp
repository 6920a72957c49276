// 9102: download of a reconciliation file by its number. This gateway gives out no files yet, so it
// has none under any number and says so.
#pragma once

#include "gateway/wire/transaction.hpp"

namespace gongji::gateway::wire {

Result<Reading, Refusal> read_file_download(const ReadContext& context);

}  // namespace gongji::gateway::wire
