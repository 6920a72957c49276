#include "stores/rocksdb/background_work.hpp"

#include <utility>

#include "ports/background_thread.hpp"

namespace gongji::stores {
namespace {

void step_back_once(const char* name) {
  thread_local bool done = false;
  if (!std::exchange(done, true)) step_back(name);
}

}  // namespace

void BackgroundWork::OnFlushBegin(rocksdb::DB*, const rocksdb::FlushJobInfo&) {
  step_back_once("rocksdb:flush");
}

void BackgroundWork::OnCompactionBegin(rocksdb::DB*, const rocksdb::CompactionJobInfo&) {
  step_back_once("rocksdb:compact");
}

}  // namespace gongji::stores
