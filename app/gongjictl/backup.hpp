// Backups: a copy of a store that stands by itself, checked and named file by file, and the way
// back. Without a terminal: who calls shows the progress.
//
// A backup is a folder: journal/ (a checkpoint), quote.key and certificate.key when the store has
// them, and manifest.json, written last. The index is not in it: it is built anew at the first
// start.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "app/gongjictl/manifest.hpp"
#include "domain/result.hpp"

namespace gongji::ctl {

enum class BackupCheck : std::uint8_t {
  kAudit,  // refolds the whole journal (app/gongjictl/audit.hpp)
  kChain,  // only its chain of hashes
};
std::string to_text(BackupCheck check);

struct BackupHooks {
  // A step begins: "copying" bytes, "checking" records.
  std::function<void(const std::string& unit, const std::string& what)> on_step;
  std::function<void(std::uint64_t done, std::uint64_t total)> on_progress;
};

// Copies the checkpoint in `checkpoint_dir` and the keys in `data_dir` to the new folder
// `backup_dir`, checks the copy and writes its manifest. Until all of that is done the folder is
// called <backup_dir>.unfinished; after an error it is removed. The error is a sentence.
Result<Manifest, std::string> make_backup(const std::string& checkpoint_dir,
                                          const std::string& data_dir,
                                          const std::string& backup_dir, BackupCheck check,
                                          const BackupHooks& hooks);

// Puts the backup in place as the store `data_dir`, which must not be there or be empty: every file
// as the manifest names it, the journal checked, its head the manifest's. The owner of the restored
// store is newer than any that ran since the backup was made, and its files belong to whom the
// folder belongs. The error is a sentence; `data_dir` is then as it was.
Result<Manifest, std::string> restore_backup(const std::string& backup_dir,
                                             const std::string& data_dir, BackupCheck check,
                                             const BackupHooks& hooks);

}  // namespace gongji::ctl
