#include "stores/rocksdb/directory_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace gongji::stores {
namespace {

std::string owner_file(const std::string& directory) { return directory + "/owner"; }

StoreError cannot_lock(const std::string& directory) {
  return {"data directory " + directory + ": cannot lock " + owner_file(directory) + ": " +
          std::strerror(errno)};
}

std::string process_in(int descriptor) {
  char text[32];
  const auto size = ::pread(descriptor, text, sizeof text, 0);
  return size > 0 ? "process " + std::string(text, static_cast<std::size_t>(size))
                  : "another process";
}

StoreError held(const std::string& directory, int descriptor) {
  return {"data directory " + directory + " is in use by " + process_in(descriptor) +
          "; stop it first, or work on a checkpoint of it"};
}

// The failure to tell, if the lock was not to be had.
Status<StoreError> try_lock(const std::string& directory, int descriptor, int mode) {
  if (::flock(descriptor, mode | LOCK_NB) == 0) return Done{};
  return errno == EWOULDBLOCK ? held(directory, descriptor) : cannot_lock(directory);
}

void write_process_id(int descriptor) {
  const std::string text = std::to_string(::getpid());
  // Only for the message to others, so a failure changes nothing.
  if (::ftruncate(descriptor, 0) == 0)
    static_cast<void>(!::pwrite(descriptor, text.data(), text.size(), 0));
}

}  // namespace

Result<DirectoryLock, StoreError> DirectoryLock::exclusive(const std::string& directory) {
  DirectoryLock lock{::open(owner_file(directory).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)};
  if (lock.descriptor_ < 0) return cannot_lock(directory);
  if (auto locked = try_lock(directory, lock.descriptor_, LOCK_EX); !locked)
    return std::move(locked).error();
  write_process_id(lock.descriptor_);
  return lock;
}

Result<DirectoryLock, StoreError> DirectoryLock::shared(const std::string& directory) {
  DirectoryLock lock{::open(owner_file(directory).c_str(), O_RDONLY | O_CLOEXEC)};
  if (lock.descriptor_ < 0) {
    if (errno == ENOENT) return lock;
    return cannot_lock(directory);
  }
  if (auto locked = try_lock(directory, lock.descriptor_, LOCK_SH); !locked)
    return std::move(locked).error();
  return lock;
}

DirectoryLock::DirectoryLock(DirectoryLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

DirectoryLock& DirectoryLock::operator=(DirectoryLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

DirectoryLock::~DirectoryLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace gongji::stores
