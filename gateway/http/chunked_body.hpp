// Takes a chunked body apart, strictly: hexadecimal size, CR LF, data, CR LF, last chunk, CR LF. No
// chunk extensions, no trailers, no bare line ends: none of our senders needs them and each has
// been a way to smuggle a request.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gongji::gateway {

class ChunkedBody {
 public:
  enum class State : std::uint8_t { kMore, kWhole, kBroken, kTooLong };

  struct Step {
    State state = State::kMore;
    std::size_t taken = 0;         // so many bytes are done with
    std::string_view broken_rule;  // with kBroken
  };

  // Takes what it can off `bytes`; the rest comes again with the next call.
  [[nodiscard]] Step take(std::string_view bytes, std::size_t body_bytes_max);
  [[nodiscard]] std::string& body() { return body_; }
  void restart();

 private:
  enum class Expect : std::uint8_t { kSize, kData, kDataEnd, kLastEnd };
  [[nodiscard]] Step take_size(std::string_view bytes, std::size_t body_bytes_max);
  [[nodiscard]] Step take_data(std::string_view bytes);
  [[nodiscard]] Step take_line_end(std::string_view bytes);

  Expect expect_ = Expect::kSize;
  std::uint64_t chunk_left_ = 0;
  std::string body_;
};

}  // namespace gongji::gateway
