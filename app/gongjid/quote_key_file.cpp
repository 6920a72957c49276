#include "app/gongjid/quote_key_file.hpp"

#include <fcntl.h>
#include <openssl/rand.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace gongji::app {
namespace {

using gateway::wire::QuoteKey;

// RAII for the one descriptor each function opens.
struct File {
  explicit File(int opened) : descriptor(opened) {}
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

Result<QuoteKey, std::string> read_key(const std::string& path, int descriptor) {
  QuoteKey key{};
  const ssize_t got = ::read(descriptor, key.data(), key.size());
  if (got < 0) return problem(path, "cannot be read");
  if (static_cast<std::size_t>(got) != key.size())
    return path + ": must hold exactly 32 bytes; remove it and start again to make a new one";
  return key;
}

Result<QuoteKey, std::string> make_key(const std::string& path) {
  QuoteKey key{};
  if (RAND_bytes(key.data(), static_cast<int>(key.size())) != 1)
    return std::string{"no random bytes for a new quote key"};
  const File file{::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (file.descriptor < 0) return problem(path, "cannot be made");
  if (::write(file.descriptor, key.data(), key.size()) != static_cast<ssize_t>(key.size()) ||
      ::fsync(file.descriptor) != 0)
    return problem(path, "cannot be written");
  return key;
}

}  // namespace

Result<QuoteKey, std::string> load_quote_key(const std::string& data_dir) {
  const std::string path = data_dir + "/quote.key";
  const File file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.descriptor >= 0) return read_key(path, file.descriptor);
  if (errno != ENOENT) return problem(path, "cannot be opened");
  return make_key(path);
}

}  // namespace gongji::app
