// Files the database needs no more are cut back piece by piece, by a thread of RocksDB's that steps
// back like its others. A log of 66 MB deleted at once held each sync of the journal for 20 to 28
// ms (docs/decisions/0026). Internal to this folder.
#pragma once

#include <rocksdb/sst_file_manager.h>

#include <memory>

namespace gongji::stores {

// For one database that is opened to write. What is left when it closes or dies ("*.trash") goes
// when it is opened again.
std::shared_ptr<rocksdb::SstFileManager> piecewise_deletion();

}  // namespace gongji::stores
