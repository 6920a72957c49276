// A plain blocking socket for tests: sends exactly the bytes it is told to. Every wait ends after
// ten seconds, so a server that says nothing fails the test instead of hanging it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gongji::gateway::testing {

struct HttpAnswer {
  int status = 0;  // 0: the connection ended before a whole answer
  std::string head;
  std::string body;

  [[nodiscard]] bool has(std::string_view text) const {
    return head.find(text) != std::string::npos;
  }
};

struct FrameAnswer {
  bool whole = false;
  std::uint64_t correlation_id = 0;
  std::string payload;
};

class RawClient {
 public:
  explicit RawClient(std::uint16_t port, int receive_buffer_bytes = 0);
  ~RawClient();
  RawClient(RawClient&& other) noexcept;
  RawClient& operator=(RawClient&&) = delete;

  [[nodiscard]] bool connected() const { return socket_ >= 0; }
  void send(std::string_view bytes);  // a peer that has closed is no error here
  void end_sending();
  void close();

  [[nodiscard]] HttpAnswer read_answer(bool head_only = false);
  [[nodiscard]] FrameAnswer read_frame();
  [[nodiscard]] std::string read_until_closed();
  // What comes next, whatever it is; "" when the peer has ended the connection.
  [[nodiscard]] std::string read_some();
  // True when the peer has ended the connection and nothing more came before that.
  [[nodiscard]] bool is_closed() { return read_until_closed().empty() && ended_; }

 private:
  bool fill();

  int socket_ = -1;
  bool ended_ = false;
  std::string received_;
};

[[nodiscard]] std::string post(std::string_view path, std::string_view body,
                               std::string_view more_headers = {});
[[nodiscard]] std::string frame(std::uint64_t correlation_id, std::string_view payload);

}  // namespace gongji::gateway::testing
