#include "loadtest/client/blocking_http.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <fstream>
#include <optional>

namespace gongji::loadtest {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using beast::error_code;

namespace {
constexpr std::uint64_t kReplyBytesMax = 256u << 20;
}

// Operations are asynchronous inside, because only those honour Beast's deadline; each one runs the
// private loop until it is done.
struct BlockingHttp::Link {
  Link(Address where, std::chrono::milliseconds timeout)
      : address(std::move(where)), timeout_ms(timeout) {}

  using Request = http::request<http::span_body<const char>>;

  Result<HttpReply, std::string> exchange(http::verb verb, std::string_view target,
                                          std::string_view body, std::string_view content_type) {
    Request request = make_request(verb, target, body, content_type);
    const bool reused = stream.has_value();
    auto reply = attempt(request);
    if (reused && !reply && closed_before_answer) reply = attempt(request);
    return reply;
  }

  Request make_request(http::verb verb, std::string_view target, std::string_view body,
                       std::string_view content_type) const {
    Request request{verb, {target.data(), target.size()}, 11};
    request.set(http::field::host, address.text());
    request.set(http::field::user_agent, "gongji-tools");
    for (const auto& [name, value] : headers) request.set(name, value);
    if (verb != http::verb::get)
      request.set(http::field::content_type,
                  beast::string_view{content_type.data(), content_type.size()});
    request.body() = {body.data(), body.size()};
    request.prepare_payload();
    return request;
  }

  Result<HttpReply, std::string> attempt(Request& request) {
    closed_before_answer = false;
    if (!stream)
      if (auto connected = connect(); !connected) return connected.error();
    stream->expires_after(timeout_ms);
    if (const error_code error = write(request)) return fail("sending to", error);
    http::response_parser<http::string_body> parser;
    parser.body_limit(kReplyBytesMax);
    if (const error_code error = read(parser)) return fail("reading from", error);
    HttpReply reply{parser.get().result_int(), std::string{parser.get()[http::field::content_type]},
                    std::move(parser.get().body())};
    if (!parser.keep_alive()) stream.reset();
    return reply;
  }

  Status<std::string> connect() {
    tcp::resolver resolver{loop};
    error_code error;
    const auto found = resolver.resolve(address.host, std::to_string(address.port), error);
    if (error) return "cannot resolve " + address.host + ": " + error.message();
    stream.emplace(loop);
    stream->expires_after(timeout_ms);
    stream->async_connect(found, [&](error_code e, const tcp::endpoint&) { error = e; });
    run();
    if (error) {
      stream.reset();
      return "cannot reach " + address.text() + ": " + error.message() +
             "; is gongjid running there?";
    }
    stream->socket().set_option(tcp::no_delay{true}, error);
    buffer.clear();
    return Done{};
  }

  error_code write(Request& request) {
    error_code result;
    http::async_write(*stream, request, [&](error_code e, std::size_t) { result = e; });
    run();
    return result;
  }

  error_code read(http::response_parser<http::string_body>& parser) {
    error_code result;
    http::async_read(*stream, buffer, parser, [&](error_code e, std::size_t) { result = e; });
    run();
    closed_before_answer = result && !parser.got_some();
    return result;
  }

  std::string fail(const char* doing, error_code error) {
    if (!closed_before_answer) closed_before_answer = error == asio::error::broken_pipe;
    stream.reset();
    return std::string{doing} + " " + address.text() + " failed: " + error.message();
  }

  void run() {
    loop.restart();
    loop.run();
  }

  Address address;
  std::chrono::milliseconds timeout_ms;
  Headers headers;
  asio::io_context loop;
  std::optional<beast::tcp_stream> stream;
  beast::flat_buffer buffer;
  bool closed_before_answer = false;
};

BlockingHttp::BlockingHttp(Address address, std::chrono::milliseconds timeout_ms)
    : link_(std::make_unique<Link>(std::move(address), timeout_ms)) {}
BlockingHttp::~BlockingHttp() = default;

void BlockingHttp::set_header(std::string name, std::string value) {
  link_->headers.emplace_back(std::move(name), std::move(value));
}
Result<HttpReply, std::string> BlockingHttp::get(std::string_view target) {
  return link_->exchange(http::verb::get, target, {}, {});
}
Result<HttpReply, std::string> BlockingHttp::post(std::string_view target, std::string_view body,
                                                  std::string_view content_type) {
  return link_->exchange(http::verb::post, target, body, content_type);
}
const Address& BlockingHttp::address() const { return link_->address; }

Result<BearerToken, std::string> read_token_file(const std::string& path) {
  std::ifstream file{path};
  std::string line;
  if (!file || !std::getline(file, line))
    return "cannot read a token from '" + path + "'; the file must hold it on its first line";
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
  if (line.empty()) return "the first line of '" + path + "' is empty; it must hold the token";
  return BearerToken{std::move(line)};
}

}  // namespace gongji::loadtest
