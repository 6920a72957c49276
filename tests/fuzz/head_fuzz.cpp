// The framing guard: where a request ends. Any bytes are a head, a refusal or not enough yet, and
// it makes no difference in how many pieces they arrive.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "gateway/http/chunked_body.hpp"
#include "gateway/http/framing_guard.hpp"
#include "gateway/http/head_scan.hpp"

namespace {

using namespace gongji::gateway;

constexpr std::size_t kBodyBytesMax = 4'096;

bool same(const HeadScan::Verdict& one, const HeadScan::Verdict& other) {
  return one.head_bytes == other.head_bytes && one.broken_rule == other.broken_rule;
}

HeadScan::Verdict scan_in_two(std::string_view bytes, std::size_t first) {
  HeadScan scan{{}};
  const auto early = scan.look(bytes.substr(0, first));
  const bool decided = early.head_bytes != 0 || !early.broken_rule.empty();
  return decided ? early : scan.look(bytes);
}

struct Chunks {
  ChunkedBody::State state = ChunkedBody::State::kMore;
  std::string body;
};

Chunks take_chunks(std::string_view bytes, std::size_t first) {
  ChunkedBody reader;
  std::string held{bytes.substr(0, first)};
  auto step = reader.take(held, kBodyBytesMax);
  if (step.state == ChunkedBody::State::kMore) {
    held = std::string{bytes.substr(step.taken)};
    step = reader.take(held, kBodyBytesMax);
  }
  return {step.state, reader.body()};
}

void check_chunks(std::string_view bytes, std::size_t first) {
  const Chunks whole = take_chunks(bytes, bytes.size());
  const Chunks pieces = take_chunks(bytes, first);
  if (whole.state != pieces.state) std::abort();
  if (whole.state == ChunkedBody::State::kWhole && whole.body != pieces.body) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes{reinterpret_cast<const char*>(data) + 1, size - 1};
  const std::size_t first = bytes.empty() ? 0 : data[0] * bytes.size() / 256;
  HeadScan scan{{}};
  const HeadScan::Verdict verdict = scan.look(bytes);
  if (!same(verdict, scan_in_two(bytes, first))) std::abort();
  check_chunks(bytes, first);
  if (verdict.head_bytes == 0) return 0;
  if (verdict.head_bytes > bytes.size()) std::abort();
  RequestHead head;
  if (!parse_request_head(bytes.substr(0, verdict.head_bytes), head).empty()) return 0;
  (void)broken_framing_rule(head);
  return 0;
}
