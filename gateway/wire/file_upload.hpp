// A 9101 over HTTP that is longer than other messages may be. Where the path does not name the
// transaction the message must: its infno stands within the first kilobyte, before the file.
#pragma once

#include <functional>
#include <memory>

#include "gateway/body_sink.hpp"
#include "gateway/crypto/hash.hpp"
#include "gateway/wire/upload_scan.hpp"

namespace gongji::gateway::wire {

class FileUpload final : public BodySink {
 public:
  // With the whole message; `scan` holds it, `body_digest` is its hash in hex.
  using Finish =
      std::function<void(const HttpRequest& request, UploadScan& scan, std::string_view body_digest,
                         std::unique_ptr<AnswerSlot> slot)>;
  // Null when the path names another transaction.
  static std::unique_ptr<BodySink> begin(std::string_view target, std::size_t rest_bytes_max,
                                         Finish finish,
                                         crypto::HashKind body_hash = crypto::HashKind::kSha256);

  [[nodiscard]] bool take(std::string_view piece) override;
  void finish(const HttpRequest& request, std::unique_ptr<AnswerSlot> slot) override {
    finish_(request, scan_, body_hash_.finish(), std::move(slot));
  }

 private:
  FileUpload(bool wanted, std::size_t rest_bytes_max, Finish finish, crypto::HashKind body_hash)
      : wanted_(wanted), scan_(rest_bytes_max), body_hash_(body_hash), finish_(std::move(finish)) {}

  bool wanted_;  // it is known that this is a 9101
  UploadScan scan_;
  crypto::BodyHash body_hash_;
  const Finish finish_;
};

}  // namespace gongji::gateway::wire
