// A cursor over the groups of the journal database: one RocksDB iterator. Sees what was durable
// when it was made. Internal to this folder.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/iterator.h>

#include <memory>

#include "stores/group_cursor.hpp"

namespace gongji::stores {

class GroupIterator final : public GroupCursor {
 public:
  GroupIterator(rocksdb::DB& db, const rocksdb::ReadOptions& options);

  bool seek(Sequence sequence) override;
  bool forward() override;
  bool back() override;
  [[nodiscard]] std::string_view frame() const override;
  [[nodiscard]] Status<StoreError> status() const override;

 private:
  [[nodiscard]] bool on_group() const;

  std::unique_ptr<rocksdb::Iterator> iterator_;
};

// Whole journals are read past the cache, in long strides.
rocksdb::ReadOptions scanning();

}  // namespace gongji::stores
