#include "gateway/auth/nonce_log.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace gongji::gateway::auth {
namespace {

struct Line {
  std::uint64_t hash;
  std::int64_t second;
};
constexpr std::size_t kLineBytes = sizeof(Line);
static_assert(kLineBytes == 16);

}  // namespace

NonceLog::NonceLog(std::string folder, std::chrono::seconds kept)
    : folder_(std::move(folder)), turn_s_(kept.count()) {}

NonceLog::~NonceLog() {
  for (const int file : files_)
    if (file >= 0) ::close(file);
}

Status<std::string> NonceLog::open(const Visit& visit) {
  for (std::size_t index = 0; index < files_.size(); ++index)
    if (auto opened = open_one(index, visit); !opened) return opened;
  return Done{};
}

Status<std::string> NonceLog::open_one(std::size_t index, const Visit& visit) {
  const std::string path = folder_ + "/nonces." + std::to_string(index);
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) return path + ": cannot be opened: " + std::strerror(errno);
  files_[index] = file;
  std::array<Line, 4096> lines{};
  off_t whole_bytes = 0;
  for (;;) {
    const ssize_t got = ::pread(file, lines.data(), sizeof lines, whole_bytes);
    if (got < 0) return path + ": cannot be read: " + std::strerror(errno);
    const std::size_t count = static_cast<std::size_t>(got) / kLineBytes;
    for (std::size_t i = 0; i < count; ++i)
      visit(lines[i].hash, std::chrono::seconds{lines[i].second});
    whole_bytes += static_cast<off_t>(count * kLineBytes);
    if (count == 0) break;
  }
  // What a crash left of a last line would shift all that follow.
  if (::ftruncate(file, whole_bytes) != 0) return path + ": cannot be cut";
  return Done{};
}

bool NonceLog::append(std::uint64_t hash, std::chrono::seconds timestamp,
                      std::chrono::seconds now) {
  const std::int64_t turn = now.count() / turn_s_;
  const int file = files_[static_cast<std::size_t>(turn % 2)];
  // The first line of a turn: what lies in this file is of the turn before the last, or of one that
  // this process did not see, which may be this very turn.
  if (turn != turn_ && turn_ != -1 && ::ftruncate(file, 0) != 0) return false;
  turn_ = turn;
  const Line line{hash, timestamp.count()};
  return ::write(file, &line, kLineBytes) == static_cast<ssize_t>(kLineBytes);
}

}  // namespace gongji::gateway::auth
