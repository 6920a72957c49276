#include "stores/rocksdb/directories.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

namespace gongji::stores {
namespace {

namespace fs = std::filesystem;

std::error_code make(const fs::path& directory) {
  std::error_code error;
  if (fs::is_directory(directory, error)) return {};
  const fs::path parent = directory.parent_path();
  if (parent.empty()) return std::make_error_code(std::errc::no_such_file_or_directory);
  if (error = make(parent); error) return error;
  fs::create_directory(directory, error);
  if (!error && !sync_directory(parent.string())) error = {errno, std::generic_category()};
  return error;
}

}  // namespace

Status<StoreError> make_directory(const std::string& directory) {
  std::error_code error;
  const fs::path absolute = fs::absolute(directory, error).lexically_normal();
  if (!error) error = make(absolute);
  if (error) return StoreError{"cannot make the directory " + directory + ": " + error.message()};
  return Done{};
}

Status<StoreError> remove_directory(const std::string& directory) {
  std::error_code error;
  fs::remove_all(directory, error);
  if (error) return StoreError{"cannot remove " + directory + ": " + error.message()};
  return Done{};
}

bool sync_directory(const std::string& directory) {
  const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool synced = ::fsync(descriptor) == 0;
  ::close(descriptor);
  return synced;
}

std::uint64_t free_bytes_at(const std::string& directory) {
  std::error_code error;
  const auto space = fs::space(directory, error);
  return error ? 0 : space.available;
}

}  // namespace gongji::stores
