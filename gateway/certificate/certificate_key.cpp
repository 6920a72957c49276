#include "gateway/certificate/certificate_key.hpp"

#include <fcntl.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace gongji::gateway::certificate {
namespace {

using KeyResult = Result<CertificateKey, std::string>;
constexpr mode_t kOwnerOnly = 0600;

// RAII for one descriptor.
struct File {
  File(const std::string& path, int flags)
      : descriptor(::open(path.c_str(), flags | O_CLOEXEC, kOwnerOnly)) {}
  ~File() {
    if (descriptor >= 0) ::close(descriptor);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int descriptor;
};

std::string problem(const std::string& path, const char* what) {
  return path + ": " + what + ": " + std::strerror(errno);
}

std::string wrong_size(const std::string& path, off_t bytes) {
  return path + ": holds " + std::to_string(bytes) + " bytes, a certificate key has 32; put the " +
         "key back from the backup, or remove the file to have a new one made (certificates " +
         "issued with the old key will no longer verify)";
}

std::string loose(const std::string& path) {
  return path +
         ": others may read or change the certificate key; run chmod 600 on it, or remove it " +
         "if somebody may have copied it (certificates issued with it will no longer verify)";
}

KeyResult read_key(const std::string& path, int descriptor) {
  struct stat about {};
  if (::fstat(descriptor, &about) != 0) return problem(path, "cannot be looked at");
  if (!S_ISREG(about.st_mode))
    return path + ": is not a plain file; name one for the certificate key";
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0) return loose(path);
  CertificateKey key{};
  if (about.st_size != static_cast<off_t>(key.size())) return wrong_size(path, about.st_size);
  const ssize_t got = ::read(descriptor, key.data(), key.size());
  if (got < 0) return problem(path, "cannot be read");
  if (static_cast<std::size_t>(got) != key.size()) return wrong_size(path, got);
  return key;
}

bool sync_folder_of(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path{path}.parent_path();
  const File opened{folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY};
  return opened.descriptor >= 0 && ::fsync(opened.descriptor) == 0;
}

bool write_durably(const std::string& path, const CertificateKey& key) {
  const File file{path, O_WRONLY | O_CREAT | O_EXCL};
  return file.descriptor >= 0 &&
         ::write(file.descriptor, key.data(), key.size()) == static_cast<ssize_t>(key.size()) &&
         ::fsync(file.descriptor) == 0;
}

// Complete under another name first, then linked to its own: link() never replaces a file, so a key
// that appeared meanwhile stays.
KeyResult make_key(const std::string& path) {
  CertificateKey key{};
  if (RAND_bytes(key.data(), static_cast<int>(key.size())) != 1)
    return path + ": no random bytes for a new certificate key; try again";
  const std::string draft = path + ".new";
  if (::unlink(draft.c_str()) != 0 && errno != ENOENT) return problem(draft, "cannot be removed");
  if (!write_durably(draft, key)) return problem(draft, "cannot be written");
  if (::link(draft.c_str(), path.c_str()) != 0) return problem(path, "cannot be made");
  if (::unlink(draft.c_str()) != 0) return problem(draft, "cannot be removed");
  if (!sync_folder_of(path)) return problem(path, "cannot be made durable");
  return key;
}

}  // namespace

KeyResult load_or_create_key(const std::string& path) {
  const File file{path, O_RDONLY | O_NONBLOCK};  // a pipe of that name must not block
  if (file.descriptor >= 0) return read_key(path, file.descriptor);
  if (errno != ENOENT) return problem(path, "cannot be opened");
  return make_key(path);
}

}  // namespace gongji::gateway::certificate
