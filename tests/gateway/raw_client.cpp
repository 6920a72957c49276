#include "tests/gateway/raw_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <utility>

#include "gateway/tcp/frame.hpp"

namespace gongji::gateway::testing {

RawClient::RawClient(std::uint16_t port, int receive_buffer_bytes)
    : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  if (receive_buffer_bytes != 0) {
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof(int));
  }
  const timeval patience{10, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  const int yes = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) close();
}

RawClient::~RawClient() { close(); }

RawClient::RawClient(RawClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      ended_(other.ended_),
      received_(std::move(other.received_)) {}

void RawClient::close() {
  if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

void RawClient::end_sending() { ::shutdown(socket_, SHUT_WR); }

void RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool RawClient::fill() {
  std::array<char, 64 * 1024> bytes{};
  const ssize_t got = ::recv(socket_, bytes.data(), bytes.size(), 0);
  if (got > 0) received_.append(bytes.data(), static_cast<std::size_t>(got));
  // A reset is an end too; running out of patience is not.
  if (got == 0 || (got < 0 && errno != EAGAIN)) ended_ = true;
  return got > 0;
}

HttpAnswer RawClient::read_answer(bool head_only) {
  std::size_t head_end = 0;
  while ((head_end = received_.find("\r\n\r\n")) == std::string::npos) {
    if (!fill()) return {};
  }
  HttpAnswer answer;
  answer.head = received_.substr(0, head_end + 4);
  answer.status = std::atoi(answer.head.substr(9, 3).c_str());
  std::size_t length = 0;
  const std::size_t field = answer.head.find("Content-Length: ");
  if (field != std::string::npos && !head_only) {
    length = std::strtoul(answer.head.c_str() + field + 16, nullptr, 10);
  }
  while (received_.size() < head_end + 4 + length) {
    if (!fill()) return {};
  }
  answer.body = received_.substr(head_end + 4, length);
  received_.erase(0, head_end + 4 + length);
  return answer;
}

FrameAnswer RawClient::read_frame() {
  while (received_.size() < kFrameHeadBytes) {
    if (!fill()) return {};
  }
  const FrameHead head = read_frame_head(received_);
  while (received_.size() < kFrameHeadBytes + head.payload_bytes) {
    if (!fill()) return {};
  }
  FrameAnswer answer{true, head.correlation_id,
                     received_.substr(kFrameHeadBytes, head.payload_bytes)};
  received_.erase(0, kFrameHeadBytes + head.payload_bytes);
  return answer;
}

std::string RawClient::read_some() {
  fill();
  return std::exchange(received_, {});
}

std::string RawClient::read_until_closed() {
  while (fill()) {
  }
  return std::exchange(received_, {});
}

std::string post(std::string_view path, std::string_view body, std::string_view more_headers) {
  return "POST " + std::string(path) +
         " HTTP/1.1\r\nHost: gongji\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         std::string(more_headers) + "\r\n" + std::string(body);
}

std::string frame(std::uint64_t correlation_id, std::string_view payload) {
  std::string bytes;
  append_frame(bytes, correlation_id, payload);
  return bytes;
}

}  // namespace gongji::gateway::testing
