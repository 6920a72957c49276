// HTTP/1.1 with keep-alive and pipelining: answers come in the order of the requests.
#include <deque>

#include "loadtest/client/http_text.hpp"
#include "loadtest/wire.hpp"

namespace gongji::loadtest {
namespace {

class HttpWire final : public Wire {
 public:
  explicit HttpWire(std::string host) : host_(std::move(host)) {}

  void reset() override {
    tags_.clear();
    closing_ = false;
  }

  void append(std::string& out, std::uint64_t tag, const OutgoingMessage& message) override {
    constexpr std::string_view kJson = "Content-Type: application/json;charset=utf-8\r\n";
    const std::string_view headers = message.headers.empty() ? kJson : message.headers;
    append_http_request(out, {message.method, message.target, host_, headers, message.body});
    tags_.push_back(tag);
  }

  Status<std::string> read(std::string_view& bytes, AnswerSink& sink) override {
    while (!bytes.empty()) {
      const auto cut = cut_http_answer(bytes);
      if (!cut) return cut.error();
      if (!cut->has_value()) break;
      if (tags_.empty()) return std::string{"an HTTP answer that nobody asked for"};
      const std::uint64_t tag = tags_.front();
      tags_.pop_front();
      closing_ = closing_ || !(*cut)->keep_alive;
      sink.on_answer(tag, {(*cut)->status, (*cut)->body});
    }
    return Done{};
  }

  [[nodiscard]] bool closing() const override { return closing_; }

 private:
  std::string host_;
  std::deque<std::uint64_t> tags_;
  bool closing_ = false;
};

}  // namespace

std::unique_ptr<Wire> make_http_wire(std::string host) {
  return std::make_unique<HttpWire>(std::move(host));
}

}  // namespace gongji::loadtest
