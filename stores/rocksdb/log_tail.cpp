#include "stores/rocksdb/log_tail.hpp"

#include <filesystem>
#include <fstream>
#include <system_error>

#include "stores/rocksdb/journal_keys.hpp"

namespace gongji::stores {
namespace {

// How a log spells "put a value under a group's key": a put, a key of 11 bytes, the key.
const std::string kPutOfGroup = std::string{"\x01\x0b"} + std::string{kGroupPrefix};

// A sequence further ahead than any log can reach is something else that looks like a key.
constexpr std::uint64_t kLogReach = std::uint64_t{1} << 32;

std::string contents_of(const std::filesystem::path& file) {
  std::ifstream in{file, std::ios::binary | std::ios::ate};
  std::string contents(in ? static_cast<std::size_t>(in.tellg()) : 0, '\0');
  in.seekg(0);
  in.read(contents.data(), static_cast<std::streamsize>(contents.size()));
  return contents;
}

bool goes_beyond(std::string_view log, std::uint64_t readable) {
  for (auto at = log.find(kPutOfGroup); at != std::string_view::npos;
       at = log.find(kPutOfGroup, at + 1)) {
    const auto first = number_in(log.substr(at + kPutOfGroup.size(), 8));
    if (first && *first > readable + 1 && *first - readable < kLogReach) return true;
  }
  return false;
}

}  // namespace

bool logs_go_beyond(const std::string& directory, Sequence readable) {
  std::error_code error;
  std::filesystem::directory_iterator entry{directory, error};
  for (; !error && entry != std::filesystem::directory_iterator{}; entry.increment(error))
    if (entry->path().extension() == ".log" &&
        goes_beyond(contents_of(entry->path()), readable.number()))
      return true;
  return false;
}

}  // namespace gongji::stores
