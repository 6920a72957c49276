// The certificate this gateway shows and the authorities whose client certificates it takes, read
// from files. A value that is swapped whole on reload: connections that are open keep what they
// began with, new ones take the new one.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>

#include "domain/result.hpp"
#include "gateway/options.hpp"

typedef struct ssl_ctx_st SSL_CTX;

namespace gongji::gateway::tls {

class TlsContext {
 public:
  // Everything is checked here: files that cannot be read, a key of another certificate, a
  // certificate whose time has passed or has not come. The error is a sentence that names the file.
  [[nodiscard]] static Result<std::shared_ptr<const TlsContext>, std::string> load(
      const TlsFiles& files);
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  [[nodiscard]] SSL_CTX* handle() const { return handle_; }
  [[nodiscard]] std::chrono::sys_seconds not_after() const { return not_after_; }

 private:
  TlsContext(SSL_CTX* handle, std::chrono::sys_seconds not_after)
      : handle_(handle), not_after_(not_after) {}

  SSL_CTX* const handle_;
  const std::chrono::sys_seconds not_after_;  // the end of the gateway's own certificate
};

// Nothing (no fault) when the files name no certificate: then the listeners are plain.
[[nodiscard]] Result<std::shared_ptr<const TlsContext>, std::string> load_tls(
    const TlsFiles& files);

// The context in force.
class TlsSource {
 public:
  explicit TlsSource(std::shared_ptr<const TlsContext> context) : context_(std::move(context)) {}

  // Any thread.
  [[nodiscard]] std::shared_ptr<const TlsContext> current() const {
    const std::lock_guard lock{mutex_};
    return context_;
  }
  void replace(std::shared_ptr<const TlsContext> context) {
    const std::lock_guard lock{mutex_};
    context_.swap(context);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const TlsContext> context_;  // guarded by mutex_
};

}  // namespace gongji::gateway::tls
