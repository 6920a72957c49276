#include "gateway/http/chunked_body.hpp"

#include <algorithm>
#include <charconv>

namespace gongji::gateway {
namespace {

constexpr std::size_t kSizeDigitsMax = 8;  // 4 GiB: above every limit
constexpr std::size_t kKeptBytesMax = 256 * 1024;

constexpr std::string_view kBadSize =
    "a chunk size is not a short hexadecimal number followed by CR LF";
constexpr std::string_view kBadEnd = "a chunk is not followed by CR LF";
constexpr std::string_view kTrailer = "something stands after the last chunk";

}  // namespace

ChunkedBody::Step ChunkedBody::take(std::string_view bytes, std::size_t body_bytes_max) {
  Step total;
  for (;;) {
    Step step;
    switch (expect_) {
      case Expect::kSize: step = take_size(bytes, body_bytes_max); break;
      case Expect::kData: step = take_data(bytes); break;
      case Expect::kDataEnd:
      case Expect::kLastEnd: step = take_line_end(bytes); break;
    }
    total.taken += step.taken;
    bytes.remove_prefix(step.taken);
    if (step.state != State::kMore || step.taken == 0) {
      return {step.state, total.taken, step.broken_rule};
    }
  }
}

ChunkedBody::Step ChunkedBody::take_size(std::string_view bytes, std::size_t body_bytes_max) {
  const char* const begin = bytes.data();
  const char* const end = begin + std::min(bytes.size(), kSizeDigitsMax + 1);
  std::uint64_t size = 0;
  const char* const digits_end = std::from_chars(begin, end, size, 16).ptr;
  const auto digits = static_cast<std::size_t>(digits_end - begin);
  if (bytes.empty()) return {};
  if (digits == 0 || digits > kSizeDigitsMax) return {State::kBroken, 0, kBadSize};
  const std::string_view after = bytes.substr(digits, 2);
  if (!std::string_view("\r\n").starts_with(after)) return {State::kBroken, 0, kBadSize};
  if (after.size() < 2) return {};
  if (size > body_bytes_max - body_.size()) return {State::kTooLong, 0, {}};
  chunk_left_ = size;
  expect_ = size == 0 ? Expect::kLastEnd : Expect::kData;
  return {State::kMore, digits + 2, {}};
}

ChunkedBody::Step ChunkedBody::take_data(std::string_view bytes) {
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), chunk_left_));
  body_.append(bytes.data(), size);
  chunk_left_ -= size;
  if (chunk_left_ == 0) expect_ = Expect::kDataEnd;
  return {State::kMore, size, {}};
}

ChunkedBody::Step ChunkedBody::take_line_end(std::string_view bytes) {
  const bool last = expect_ == Expect::kLastEnd;
  const std::string_view end = bytes.substr(0, 2);
  if (!std::string_view("\r\n").starts_with(end)) {
    return {State::kBroken, 0, last ? kTrailer : kBadEnd};
  }
  if (end.size() < 2) return {};
  expect_ = Expect::kSize;
  return {last ? State::kWhole : State::kMore, 2, {}};
}

void ChunkedBody::restart() {
  expect_ = Expect::kSize;
  chunk_left_ = 0;
  body_.clear();
  if (body_.capacity() > kKeptBytesMax) body_.shrink_to_fit();
}

}  // namespace gongji::gateway
