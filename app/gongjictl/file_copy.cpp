#include "app/gongjictl/file_copy.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "app/gongjictl/manifest.hpp"

namespace gongji::ctl {
namespace {

constexpr std::size_t kPiece = 1U << 20;

struct File {
  explicit File(int opened) : descriptor(opened) {}
  ~File() {
    if (descriptor >= 0) ::close(descriptor);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int descriptor;
};

std::string trouble(const std::string& path, const char* what) {
  return path + ": " + what + ": " + std::strerror(errno);
}

class Sha256 {
 public:
  Sha256() { EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr); }
  void add(std::string_view bytes) { EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()); }
  std::string finish() {
    Digest digest{};
    EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr);
    return hex_text(digest);
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_{EVP_MD_CTX_new(),
                                                                   EVP_MD_CTX_free};
};

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

int create(const std::string& path, mode_t mode) {
  return ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
}

}  // namespace

Result<CopiedFile, std::string> copy_file(const std::string& from, const std::string& to,
                                          const std::function<void(std::uint64_t)>& on_bytes) {
  const File source{::open(from.c_str(), O_RDONLY | O_CLOEXEC)};
  struct stat facts {};
  if (source.descriptor < 0 || ::fstat(source.descriptor, &facts) != 0)
    return trouble(from, "cannot be read");
  const File target{create(to, facts.st_mode & 0777)};
  if (target.descriptor < 0) return trouble(to, "cannot be made");
  CopiedFile copied;
  Sha256 digest;
  std::vector<char> room(kPiece);
  while (true) {
    const ssize_t got = ::read(source.descriptor, room.data(), room.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return trouble(from, "cannot be read");
    if (got == 0) break;
    const std::string_view piece{room.data(), static_cast<std::size_t>(got)};
    digest.add(piece);
    if (!write_all(target.descriptor, piece)) return trouble(to, "cannot be written");
    copied.bytes += piece.size();
    on_bytes(piece.size());
  }
  if (::fsync(target.descriptor) != 0) return trouble(to, "cannot be written");
  copied.sha256 = digest.finish();
  return copied;
}

Status<std::string> write_new_file(const std::string& path, const std::string& text) {
  const std::string unfinished = path + ".unfinished";
  {
    const File target{create(unfinished, 0644)};
    if (target.descriptor < 0) return trouble(unfinished, "cannot be made");
    if (!write_all(target.descriptor, text) || ::fsync(target.descriptor) != 0)
      return trouble(unfinished, "cannot be written");
  }
  if (::rename(unfinished.c_str(), path.c_str()) != 0) return trouble(path, "cannot be made");
  return sync_folder(std::filesystem::path{path}.parent_path().string());
}

Status<std::string> sync_folder(const std::string& path) {
  const std::filesystem::path absolute = std::filesystem::absolute(path).lexically_normal();
  for (const std::filesystem::path& each : {absolute, absolute.parent_path()}) {
    const File folder{::open(each.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (folder.descriptor < 0 || ::fsync(folder.descriptor) != 0)
      return trouble(each.string(), "cannot be synced");
  }
  return Done{};
}

}  // namespace gongji::ctl
