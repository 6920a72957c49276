#include "tests/app/gongjictl/support/ops_listener.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

namespace gongji::ctl {

namespace http = boost::beast::http;
using boost::asio::ip::tcp;
using boost::system::error_code;

OpsListener::OpsListener(std::function<Answer(const std::string&)> answer)
    : answer_(std::move(answer)), acceptor_(loop_, {boost::asio::ip::address_v4::loopback(), 0}) {
  accept();
  thread_ = std::thread{[this] { loop_.run(); }};
}

OpsListener::~OpsListener() {
  loop_.stop();
  thread_.join();
}

std::string OpsListener::url() const {
  return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
}

void OpsListener::accept() {
  acceptor_.async_accept([this](error_code error, tcp::socket socket) {
    if (error) return;
    boost::beast::flat_buffer buffer;
    http::request<http::string_body> request;
    http::read(socket, buffer, request, error);
    if (!error) {
      const Answer answer = answer_(std::string{request.target()});
      http::response<http::string_body> response{static_cast<http::status>(answer.status), 11,
                                                 answer.body};
      response.keep_alive(false);
      response.prepare_payload();
      http::write(socket, response, error);
    }
    accept();
  });
}

std::string dir_parameter(const std::string& target) {
  std::string dir;
  for (std::size_t i = target.find("dir=") + 4; i < target.size(); ++i) {
    if (target[i] != '%') {
      dir += target[i];
    } else {
      dir += static_cast<char>(std::stoi(target.substr(i + 1, 2), nullptr, 16));
      i += 2;
    }
  }
  return dir;
}

}  // namespace gongji::ctl
