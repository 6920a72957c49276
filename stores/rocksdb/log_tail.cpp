#include "stores/rocksdb/log_tail.hpp"

#include <filesystem>
#include <fstream>
#include <system_error>

#include "stores/rocksdb/journal_keys.hpp"
#include "stores/rocksdb/log_batches.hpp"

namespace gongji::stores {
namespace {

std::string contents_of(const std::filesystem::path& file) {
  std::ifstream in{file, std::ios::binary | std::ios::ate};
  std::string contents(in ? static_cast<std::size_t>(in.tellg()) : 0, '\0');
  in.seekg(0);
  in.read(contents.data(), static_cast<std::streamsize>(contents.size()));
  return contents;
}

// How a batch spells "put a value under a group's key": a put, a key of 11 bytes, the key. What one
// append() wrote is a batch of its own and begins so (rocks_journal.cpp).
std::optional<std::uint64_t> first_of_group(std::string_view batch) {
  static const std::string put_of_group = std::string{"\x01\x0b"} + std::string{kGroupPrefix};
  if (!batch.starts_with(put_of_group)) return std::nullopt;
  return number_in(batch.substr(put_of_group.size(), 8));
}

bool goes_beyond(std::string_view log, std::uint64_t readable) {
  bool beyond = false;
  for_each_batch(log, [&](std::string_view batch) {
    beyond = beyond || first_of_group(batch).value_or(0) > readable + 1;
  });
  return beyond;
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
