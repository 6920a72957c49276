// A 9101 over HTTP that is longer than other messages may be. Where the path does not name the
// transaction the message must: its infno stands within the first kilobyte, before the file.
#pragma once

#include <functional>
#include <memory>

#include "gateway/body_sink.hpp"
#include "gateway/wire/upload_scan.hpp"

namespace gongji::gateway::wire {

class FileUpload final : public BodySink {
 public:
  // With the whole message; `scan` holds it.
  using Finish = std::function<void(const HttpRequest& request, UploadScan& scan,
                                    std::unique_ptr<AnswerSlot> slot)>;
  // Null when the path names another transaction.
  static std::unique_ptr<BodySink> begin(std::string_view target, std::size_t rest_bytes_max,
                                         Finish finish);

  [[nodiscard]] bool take(std::string_view piece) override;
  void finish(const HttpRequest& request, std::unique_ptr<AnswerSlot> slot) override {
    finish_(request, scan_, std::move(slot));
  }

 private:
  FileUpload(bool wanted, std::size_t rest_bytes_max, Finish finish)
      : wanted_(wanted), scan_(rest_bytes_max), finish_(std::move(finish)) {}

  bool wanted_;  // it is known that this is a 9101
  UploadScan scan_;
  const Finish finish_;
};

}  // namespace gongji::gateway::wire
