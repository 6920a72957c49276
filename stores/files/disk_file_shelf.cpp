#include "stores/files/disk_file_shelf.hpp"

#include <filesystem>
#include <system_error>

#include "stores/files/shelf_file.hpp"
#include "stores/rocksdb/directories.hpp"

namespace gongji::stores {
namespace {

namespace fs = std::filesystem;

std::uint64_t size_of(const std::string& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  return error ? 0 : size;
}

}  // namespace

Result<std::unique_ptr<DiskFileShelf>, StoreError> DiskFileShelf::open(const std::string& directory,
                                                                       ShelfLimits limits) {
  if (auto made = make_directory(directory); !made) return std::move(made).error();
  std::unique_ptr<DiskFileShelf> shelf{new DiskFileShelf{directory, limits}};
  if (auto listed = shelf->list_files(); !listed) return std::move(listed).error();
  return shelf;
}

Status<StoreError> DiskFileShelf::list_files() {
  std::error_code error;
  for (const auto& each : fs::directory_iterator{directory_, error}) {
    const std::string path = each.path().string();
    if (each.path().extension() == ".part") {
      fs::remove(each.path(), error);
      continue;
    }
    auto head = decode_shelf_head(read_piece(path, 0, kShelfHeadBytesMax).value_or(""));
    if (!head || head->head_bytes + head->contents_bytes != size_of(path)) continue;
    head->file.number = each.path().filename().string();
    list_.add({std::move(head->file), head->contents_bytes});
  }
  if (error) return StoreError{"cannot read " + directory_ + ": " + error.message()};
  return Done{};
}

std::string DiskFileShelf::path_of(const std::string& number) const {
  return directory_ + "/" + number;
}

Result<std::optional<ShelvedFile>, StoreError> DiskFileShelf::put(const InstitutionCode& owner,
                                                                  std::string_view name,
                                                                  std::string_view bytes,
                                                                  Instant now) {
  const std::lock_guard lock{mutex_};
  auto file = list_.admit(owner, name, bytes.size(), now);
  if (!file) return file;
  const std::string head = encode_shelf_head(*file, bytes.size());
  if (auto done = write_shelf_file(directory_, path_of(file->number), head, bytes); !done)
    return std::move(done).error();
  list_.add({*file, bytes.size()});
  return file;
}

Result<std::optional<FileContents>, StoreError> DiskFileShelf::find(const InstitutionCode& owner,
                                                                    std::string_view number,
                                                                    Instant now) const {
  const std::lock_guard lock{mutex_};
  const ShelfList::Entry* entry = list_.find(owner, number, now);
  if (entry == nullptr) return std::optional<FileContents>{};
  const std::string path = path_of(entry->file.number);
  const std::uint64_t head_bytes = encode_shelf_head(entry->file, entry->bytes).size();
  auto bytes = read_piece(path, head_bytes, entry->bytes);
  if (!bytes || bytes->size() != entry->bytes) return StoreError{"cannot read " + path};
  return std::optional{FileContents{entry->file, std::move(*bytes)}};
}

std::size_t DiskFileShelf::remove_expired(Instant now) {
  const std::lock_guard lock{mutex_};
  const auto numbers = list_.take_expired(now);
  std::error_code ignored;  // one that stays is listed again at the next start, and expired
  for (const std::string& number : numbers) fs::remove(path_of(number), ignored);
  return numbers.size();
}

}  // namespace gongji::stores
