// Copies of the live journal that backups are made from. Those without a place of their own lie in
// <data_dir>/checkpoints, where the daemon may write whatever else its sandbox forbids, and share
// the journal's files by hard links. Who asked for one removes it; what is left over from a tool
// that died is removed at the next start.
#pragma once

#include <string>

#include "domain/result.hpp"
#include "stores/rocksdb/rocks_store.hpp"

namespace gongji::app {

struct CheckpointPlace {
  std::string dir;
};

class Checkpoints {
 public:
  // `store` outlives this. Removes what was left over.
  Checkpoints(const stores::RocksStore& store, const std::string& data_dir);

  // In `directory`, or where we like when it is "". Where it is; the error is a sentence. One
  // thread at a time; waits for the disk.
  Result<CheckpointPlace, std::string> make(const std::string& directory);

 private:
  const stores::RocksStore& store_;
  const std::string folder_;
  unsigned made_ = 0;
};

}  // namespace gongji::app
