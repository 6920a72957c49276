#include "gateway/reconciliation/zip_archive.hpp"

#include <zip.h>

#include <memory>
#include <optional>
#include <vector>

namespace gongji::gateway::reconciliation {
namespace {

constexpr std::size_t kPieceBytes = 64 * 1024;
constexpr std::uint64_t kEntriesMax = 16;

struct FreeSource {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};
struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Source = std::unique_ptr<zip_source_t, FreeSource>;
using Archive = std::unique_ptr<zip_t, Discard>;
using File = std::unique_ptr<zip_file_t, CloseFile>;

Status<std::string> wrong(std::string_view what) { return std::string{what}; }

// How many entries the end record counts, before libzip makes room for them; nothing without one.
std::optional<std::uint64_t> entries_claimed(std::string_view file) {
  constexpr std::string_view kEndRecord = "PK\x05\x06";
  constexpr std::size_t kCountAt = 10;
  const std::size_t at = file.rfind(kEndRecord);
  if (at == std::string_view::npos || file.size() - at < kCountAt + 2) return std::nullopt;
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(file[at + i]); };
  return byte(kCountAt) | static_cast<std::uint64_t>(byte(kCountAt + 1)) << 8;
}

Archive open_archive(std::string_view file) {
  zip_error_t error;
  zip_error_init(&error);
  Source source{zip_source_buffer_create(file.data(), file.size(), 0, &error)};
  Archive archive{source ? zip_open_from_source(source.get(), ZIP_RDONLY, &error) : nullptr};
  if (archive) (void)source.release();  // it belongs to the archive now
  zip_error_fini(&error);
  return archive;
}

// Folders are passed over.
Result<zip_uint64_t, std::string> only_text(zip_t& archive) {
  std::optional<zip_uint64_t> found;
  const auto entries = static_cast<zip_uint64_t>(zip_get_num_entries(&archive, 0));
  for (zip_uint64_t i = 0; i < entries; ++i) {
    const char* name = zip_get_name(&archive, i, ZIP_FL_ENC_RAW);
    if (name == nullptr || std::string_view{name}.ends_with('/')) continue;
    if (found) return std::string{"压缩包内应只有一个文件"};
    found = i;
  }
  if (!found) return std::string{"压缩包内没有文件"};
  return *found;
}

std::string too_long(std::uint64_t text_bytes_max) {
  return "解压后超过" + std::to_string(text_bytes_max >> 20) + "MiB";
}

Status<std::string> unpack(zip_file_t& file, std::uint64_t text_bytes_max, const TakePiece& take) {
  std::vector<char> piece(kPieceBytes);
  for (std::uint64_t unpacked = 0;;) {
    const zip_int64_t size = zip_fread(&file, piece.data(), piece.size());
    if (size < 0) return wrong("压缩包已损坏");
    if (size == 0) return Done{};
    unpacked += static_cast<std::uint64_t>(size);
    if (unpacked > text_bytes_max) return too_long(text_bytes_max);
    if (!take({piece.data(), static_cast<std::size_t>(size)})) return Done{};
  }
}

}  // namespace

Status<std::string> unpack_text(std::string_view file, std::uint64_t text_bytes_max,
                                const TakePiece& take) {
  if (!file.starts_with("PK")) {
    if (file.size() > text_bytes_max) return too_long(text_bytes_max);
    (void)take(file);
    return Done{};
  }
  const auto claimed = entries_claimed(file);
  if (!claimed) return wrong("压缩包已损坏");
  if (*claimed > kEntriesMax) return wrong("压缩包内应只有一个文件");
  const Archive archive = open_archive(file);
  if (!archive) return wrong("压缩包已损坏");
  const auto entry = only_text(*archive);
  if (!entry) return entry.error();
  zip_stat_t stat;
  const bool known = zip_stat_index(archive.get(), *entry, 0, &stat) == 0;
  if (known && (stat.valid & ZIP_STAT_SIZE) != 0 && stat.size > text_bytes_max)
    return too_long(text_bytes_max);
  const File text{zip_fopen_index(archive.get(), *entry, 0)};
  if (!text) return wrong("压缩包已损坏或加密");
  return unpack(*text, text_bytes_max, take);
}

std::string pack_text(const std::string& name, std::string_view text, Instant at) {
  zip_error_t error;
  zip_error_init(&error);
  const Source target{zip_source_buffer_create(nullptr, 0, 0, &error)};
  if (!target) return {};
  Archive archive{zip_open_from_source(target.get(), ZIP_TRUNCATE, &error)};
  zip_error_fini(&error);
  if (!archive) return {};
  zip_source_keep(target.get());  // read after the archive is closed
  Source contents{zip_source_buffer(archive.get(), text.data(), text.size(), 0)};
  const zip_int64_t added =
      contents ? zip_file_add(archive.get(), name.c_str(), contents.get(), ZIP_FL_ENC_UTF_8) : -1;
  if (added < 0) return {};
  (void)contents.release();
  const auto entry = static_cast<zip_uint64_t>(added);
  zip_file_set_mtime(archive.get(), entry, std::chrono::system_clock::to_time_t(at), 0);
  if (zip_close(archive.get()) != 0) return {};
  (void)archive.release();
  zip_stat_t stat;
  if (zip_source_stat(target.get(), &stat) != 0 || zip_source_open(target.get()) != 0) return {};
  std::string bytes(stat.size, '\0');
  const zip_int64_t read = zip_source_read(target.get(), bytes.data(), bytes.size());
  zip_source_close(target.get());
  return read == static_cast<zip_int64_t>(bytes.size()) ? bytes : std::string{};
}

}  // namespace gongji::gateway::reconciliation
