// Opens the journal database after whatever ended its last owner. Internal to this folder.
#pragma once

#include <rocksdb/db.h>

#include <functional>
#include <memory>
#include <string>

#include "domain/result.hpp"
#include "ports/journal_store.hpp"

namespace gongji::stores {

using Notice = std::function<void(const std::string&)>;
using Database = std::unique_ptr<rocksdb::DB>;

// A last group that was cut off while being written is dropped, with a notice; damage to groups
// that were acknowledged is an error and nothing is changed. Makes the database when there is none.
// Refuses, by name, a disk without the room that opening may take.
Result<Database, StoreError> open_journal_database(const std::string& directory,
                                                   rocksdb::Options tuning, const Notice& notice);

// Changes nothing on disk.
Result<Database, StoreError> open_journal_database_read_only(const std::string& directory,
                                                             rocksdb::Options tuning);

}  // namespace gongji::stores
