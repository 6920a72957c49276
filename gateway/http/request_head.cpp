#include "gateway/http/request_head.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/basic_parser.hpp>

namespace gongji::gateway {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

// Collects views. The body is not its business: sessions take it off the buffer themselves.
class HeadParser final : public http::basic_parser<true> {
 public:
  HeadParser(RequestHead& head, std::size_t head_bytes) : head_(head) {
    skip(true);
    body_limit(boost::none);
    header_limit(static_cast<std::uint32_t>(head_bytes + 1));  // head_scan.hpp has checked it
  }

 private:
  void on_request_impl(http::verb, beast::string_view method, beast::string_view target,
                       int version, error_code&) override {
    head_.request.method = view(method);
    head_.request.target = view(target);
    head_.version = version;
  }

  void on_field_impl(http::field field, beast::string_view name, beast::string_view value,
                     error_code&) override {
    head_.request.headers.emplace_back(view(name), view(value));
    if (field == http::field::host) {
      ++head_.host_fields;
      head_.host = view(value);
    } else if (field == http::field::content_length) {
      ++head_.content_length_fields;
      head_.content_length_text = view(value);
    } else if (field == http::field::transfer_encoding) {
      ++head_.transfer_encoding_fields;
      head_.transfer_encoding = view(value);
    } else if (field == http::field::expect) {
      head_.expect = view(value);
    }
  }

  void on_header_impl(error_code&) override {}
  void on_response_impl(int, beast::string_view, int, error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(beast::string_view, error_code&) override { return 0; }
  void on_chunk_header_impl(std::uint64_t, beast::string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view, error_code&) override {
    return 0;
  }
  void on_finish_impl(error_code&) override {}

  RequestHead& head_;
};

}  // namespace

void RequestHead::clear() {
  request.headers.clear();
  request.method = request.target = request.body = {};
  keep_alive = chunked = false;
  content_length = 0;
  content_length_fields = transfer_encoding_fields = host_fields = 0;
  content_length_text = transfer_encoding = host = expect = {};
}

bool RequestHead::expects_continue() const {
  return version == 11 &&
         beast::iequals(beast::string_view(expect.data(), expect.size()), "100-continue");
}

std::string parse_request_head(std::string_view bytes, RequestHead& head) {
  head.clear();
  HeadParser parser(head, bytes.size());
  error_code failure;
  const std::size_t parsed = parser.put(boost::asio::buffer(bytes.data(), bytes.size()), failure);
  if (failure) return "the request head is malformed: " + failure.message();
  if (!parser.is_header_done() || parsed != bytes.size()) return "the request head is malformed";
  head.keep_alive = parser.keep_alive();
  head.chunked = parser.chunked();
  head.content_length = parser.content_length().value_or(0);
  return {};
}

}  // namespace gongji::gateway
