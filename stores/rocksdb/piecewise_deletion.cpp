#include "stores/rocksdb/piecewise_deletion.hpp"

#include <rocksdb/env.h>

#include <cstdint>
#include <limits>
#include <thread>

#include "ports/background_thread.hpp"

namespace gongji::stores {
namespace {

// Each piece is a write to the file system, and a discard where it is mounted so: 2 MB took about a
// millisecond.
constexpr std::uint64_t kPieceBytes = std::uint64_t{2} << 20;
// Well above what two cores log (50,000 settlements a second are some 60 MB), so nothing piles up.
constexpr std::int64_t kBytesPerSecond = std::int64_t{256} << 20;
// RocksDB would delete at once while what waits is large beside the tables: a young database's
// first log is.
constexpr double kAnyShare = std::numeric_limits<double>::max();

}  // namespace

std::shared_ptr<rocksdb::SstFileManager> piecewise_deletion() {
  std::shared_ptr<rocksdb::SstFileManager> made;
  // The manager's thread takes after the one that makes it, in name and niceness.
  std::thread{[&made] {
    step_back("rocksdb:delete");
    made.reset(rocksdb::NewSstFileManager(rocksdb::Env::Default(), nullptr, "", kBytesPerSecond,
                                          true, nullptr, kAnyShare, kPieceBytes));
  }}.join();
  return made;
}

}  // namespace gongji::stores
