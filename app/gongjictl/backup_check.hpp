// What is done to the copy of a store before it counts as a backup or as restored.
#pragma once

#include <string>

#include "app/gongjictl/backup.hpp"

namespace gongji::ctl {

// Reads the whole journal in `dir`; where it ends, or what is wrong with it.
Result<JournalHead, std::string> check_copy(const std::string& dir, BackupCheck check,
                                            const BackupHooks& hooks);

// Makes the next owner of the store newer than any that may have run on the original since.
Status<std::string> claim(const std::string& dir);

// As root: everything in `dir` belongs to whom `place` (or, when it is not there yet, the folder it
// will stand in) belongs. Otherwise it is ours and stays so.
Status<std::string> give_to_owner_of(const std::string& place, const std::string& dir);

}  // namespace gongji::ctl
