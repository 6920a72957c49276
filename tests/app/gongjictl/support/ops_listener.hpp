// The one page of a gateway's ops listener that the tool needs: POST /admin/checkpoint?dir=…
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <string>
#include <thread>

namespace gongji::ctl {

class OpsListener {
 public:
  struct Answer {
    unsigned status = 200;
    std::string body;
  };
  // `answer` gets the request's target; it runs on the listener's thread.
  explicit OpsListener(std::function<Answer(const std::string& target)> answer);
  ~OpsListener();
  OpsListener(const OpsListener&) = delete;
  OpsListener& operator=(const OpsListener&) = delete;

  [[nodiscard]] std::string url() const;

 private:
  void accept();

  std::function<Answer(const std::string&)> answer_;
  boost::asio::io_context loop_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::thread thread_;
};

// "/x?dir=%2Ftmp" -> "/tmp"
std::string dir_parameter(const std::string& target);

}  // namespace gongji::ctl
