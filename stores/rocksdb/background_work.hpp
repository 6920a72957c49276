// RocksDB's own threads write buffers out and compact files; both can wait for settlements. They
// are RocksDB's to make, so each is told when it first works for us. Internal to this folder.
#pragma once

#include <rocksdb/listener.h>

namespace gongji::stores {

class BackgroundWork final : public rocksdb::EventListener {
 public:
  void OnFlushBegin(rocksdb::DB*, const rocksdb::FlushJobInfo&) override;
  void OnCompactionBegin(rocksdb::DB*, const rocksdb::CompactionJobInfo&) override;
};

}  // namespace gongji::stores
