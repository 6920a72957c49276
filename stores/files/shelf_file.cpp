#include "stores/files/shelf_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "stores/codec/bytes.hpp"
#include "stores/rocksdb/directories.hpp"

namespace gongji::stores {
namespace {

constexpr std::string_view kMagic = "GJFILE1\n";

void write_text(ByteWriter& out, std::string_view text) {
  out.big_endian(static_cast<std::uint16_t>(text.size()));
  out.raw(text);
}

std::string_view read_text(ByteReader& in) { return in.raw(in.big_endian<std::uint16_t>()); }

// A file that is removed again unless it came into place.
class UnfinishedFile {
 public:
  explicit UnfinishedFile(std::string path)
      : path_(std::move(path)),
        descriptor_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)) {}
  UnfinishedFile(const UnfinishedFile&) = delete;
  UnfinishedFile& operator=(const UnfinishedFile&) = delete;
  ~UnfinishedFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!path_.empty()) ::unlink(path_.c_str());
  }

  [[nodiscard]] bool write(std::string_view bytes) const {
    if (descriptor_ < 0) return false;
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }
  [[nodiscard]] bool sync() const { return ::fsync(descriptor_) == 0; }
  [[nodiscard]] bool rename_to(const std::string& path) {
    if (::rename(path_.c_str(), path.c_str()) != 0) return false;
    path_.clear();
    return true;
  }

 private:
  std::string path_;
  int descriptor_;
};

}  // namespace

std::string encode_shelf_head(const ShelvedFile& file, std::uint64_t contents_bytes) {
  std::string head{kMagic};
  ByteWriter out{head};
  write_text(out, file.owner.text());
  write_text(out, file.name);
  out.big_endian(static_cast<std::uint64_t>(file.kept_until.time_since_epoch().count()));
  out.big_endian(contents_bytes);
  return head;
}

std::optional<ShelfHead> decode_shelf_head(std::string_view start) {
  ByteReader in{start};
  ShelfHead head;
  if (in.raw(kMagic.size()) != kMagic) return std::nullopt;
  head.file.owner = InstitutionCode{read_text(in)};
  head.file.name = read_text(in);
  const auto kept_until_ms = static_cast<std::int64_t>(in.big_endian<std::uint64_t>());
  head.file.kept_until = Instant{std::chrono::milliseconds{kept_until_ms}};
  head.contents_bytes = in.big_endian<std::uint64_t>();
  if (!in.ok()) return std::nullopt;
  head.head_bytes = start.size() - in.remaining();
  return head;
}

Status<StoreError> write_shelf_file(const std::string& directory, const std::string& path,
                                    std::string_view head, std::string_view contents) {
  UnfinishedFile file{path + ".part"};
  const bool written = file.write(head) && file.write(contents) && file.sync() &&
                       file.rename_to(path) && sync_directory(directory);
  if (!written) return StoreError{"cannot write " + path + ": " + std::strerror(errno)};
  return Done{};
}

std::optional<std::string> read_piece(const std::string& path, std::uint64_t offset,
                                      std::uint64_t bytes) {
  std::ifstream file{path, std::ios::binary};
  if (!file || !file.seekg(static_cast<std::streamoff>(offset))) return std::nullopt;
  std::string piece(bytes, '\0');
  file.read(piece.data(), static_cast<std::streamsize>(bytes));
  piece.resize(static_cast<std::size_t>(file.gcount()));
  return piece;
}

}  // namespace gongji::stores
