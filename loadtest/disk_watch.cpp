#include "loadtest/disk_watch.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace gongji::loadtest {
namespace {

constexpr std::size_t kPageBytes = 4096;
constexpr std::uint64_t kPages = 1024;
// Between two syncs: short beside a stall, long beside a sync, so that the watching itself is no
// load.
constexpr auto kPause = std::chrono::milliseconds{2};

std::string problem_of(const char* what, const std::string& where) {
  return std::string{what} + " in " + where + ": " + std::strerror(errno);
}

bool write_page(int file, std::uint64_t page, char filling) {
  std::array<char, kPageBytes> bytes;
  bytes.fill(filling);
  const auto offset = static_cast<off_t>(page * kPageBytes);
  return ::pwrite(file, bytes.data(), bytes.size(), offset) == static_cast<ssize_t>(bytes.size());
}

// Written and not only allocated, so that no sync has a length or an extent to write. The file has
// no name any more: it goes with the process.
int open_probe(const std::string& folder) {
  std::string path = folder + "/gongji-load-XXXXXX";
  const int file = ::mkostemp(path.data(), O_CLOEXEC);
  if (file < 0) return -1;
  ::unlink(path.c_str());
  for (std::uint64_t page = 0; page < kPages; ++page)
    if (!write_page(file, page, 0)) return ::close(file), -1;
  if (::fsync(file) != 0) return ::close(file), -1;
  return file;
}

}  // namespace

void DiskReport::add(const DiskReport& later) {
  sync.merge(later.sync);
  stalls += later.stalls;
  stalled_s += later.stalled_s;
  per_second.insert(per_second.end(), later.per_second.begin(), later.per_second.end());
  if (problem.empty()) problem = later.problem;
}

bool StallRecord::sync_ended(TimePoint at) {
  const Since ended = at.time_since_epoch();
  const Since took = ended - pending_since_.load();
  const bool stalled = took >= stall_;
  if (stalled) worked_off_at_ = std::max(worked_off_at_.load(), ended + took);
  pending_since_ = Since::max();
  return stalled;
}

bool StallRecord::met_between(TimePoint from, TimePoint to) const {
  const Since pending = pending_since_.load();
  if (pending != Since::max() && to.time_since_epoch() - pending >= stall_) return true;
  return from.time_since_epoch() < worked_off_at_.load();
}

Result<std::unique_ptr<DiskWatch>, std::string> DiskWatch::begin(const std::string& folder,
                                                                 std::chrono::milliseconds stall_ms,
                                                                 std::chrono::seconds warmup_s) {
  const int file = open_probe(folder);
  if (file < 0) return problem_of("cannot watch the disk with a file", folder);
  return std::unique_ptr<DiskWatch>(new DiskWatch(file, stall_ms, warmup_s));
}

DiskWatch::DiskWatch(int file, std::chrono::milliseconds stall_ms, std::chrono::seconds warmup_s)
    : file_(file), warmup_s_(warmup_s), start_(SteadyClock::now()), stalls_(stall_ms) {
  report_.stall_ms = stall_ms;
  thread_ = std::thread{[this] { watch(); }};
}

DiskWatch::~DiskWatch() {
  stop();
  ::close(file_);
}

DiskReport DiskWatch::stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
  return std::exchange(report_, {});
}

void DiskWatch::watch() {
  for (std::uint64_t number = 0; !stopping_; ++number) {
    if (!sync_once(number)) {
      report_.problem =
          std::string{"the disk could not be watched any more: "} + std::strerror(errno);
      return;
    }
    std::this_thread::sleep_for(kPause);
  }
}

bool DiskWatch::sync_once(std::uint64_t number) {
  if (!write_page(file_, number % kPages, static_cast<char>(number))) return false;
  const TimePoint began = SteadyClock::now();
  stalls_.sync_begins(began);
  if (::fdatasync(file_) != 0) return false;
  const TimePoint ended = SteadyClock::now();
  note(began, ended, stalls_.sync_ended(ended));
  return true;
}

void DiskWatch::note(TimePoint began, TimePoint ended, bool stalled) {
  const auto since = ended - start_ - warmup_s_;
  if (since.count() < 0) return;
  const auto took = static_cast<std::uint64_t>(Nanoseconds{ended - began}.count());
  const auto second =
      static_cast<std::uint64_t>(std::chrono::floor<std::chrono::seconds>(since).count());
  report_.sync.record(took);
  if (report_.per_second.empty() || report_.per_second.back().second != second)
    report_.per_second.push_back({second, 0});
  DiskSecond& last = report_.per_second.back();
  last.sync_max_ns = std::max(last.sync_max_ns, took);
  if (!stalled) return;
  ++report_.stalls;
  report_.stalled_s += std::chrono::duration<double>(ended - began).count();
}

}  // namespace gongji::loadtest
