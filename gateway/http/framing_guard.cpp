#include "gateway/http/framing_guard.hpp"

#include <algorithm>
#include <array>

namespace gongji::gateway {
namespace {

// 2^53 bytes are beyond every limit; below it no reader's integer overflows.
constexpr std::size_t kLengthDigitsMax = 15;

bool all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_chunked(std::string_view text) {
  constexpr std::string_view kChunked = "chunked";
  return std::equal(text.begin(), text.end(), kChunked.begin(), kChunked.end(),
                    [](char a, char b) { return (a | 0x20) == b; });
}

constexpr std::array kRules = {
    FramingRule{"Host stands twice", [](const RequestHead& head) { return head.host_fields > 1; }},
    FramingRule{
        "an HTTP/1.1 request without Host",
        [](const RequestHead& head) { return head.version == 11 && head.host_fields == 0; }},
    FramingRule{"Host is not one host name",
                [](const RequestHead& head) {
                  return head.host.find_first_of(" \t,/\\@?#") != std::string_view::npos;
                }},
    FramingRule{"the request target does not begin with /",
                [](const RequestHead& head) { return !head.request.target.starts_with('/'); }},
    FramingRule{"the request target holds a fragment or a byte outside ASCII",
                [](const RequestHead& head) {
                  return std::any_of(head.request.target.begin(), head.request.target.end(),
                                     [](char c) { return c == '#' || (c & 0x80) != 0; });
                }},
    FramingRule{"Content-Length stands together with Transfer-Encoding",
                [](const RequestHead& head) {
                  return head.content_length_fields != 0 && head.transfer_encoding_fields != 0;
                }},
    FramingRule{"Content-Length stands twice",
                [](const RequestHead& head) { return head.content_length_fields > 1; }},
    FramingRule{"Content-Length is not one number of digits",
                [](const RequestHead& head) {
                  return head.content_length_fields == 1 &&
                         (!all_digits(head.content_length_text) ||
                          head.content_length_text.size() > kLengthDigitsMax);
                }},
    FramingRule{"Transfer-Encoding stands twice",
                [](const RequestHead& head) { return head.transfer_encoding_fields > 1; }},
    FramingRule{"Transfer-Encoding is not exactly chunked",
                [](const RequestHead& head) {
                  return head.transfer_encoding_fields == 1 &&
                         (!is_chunked(head.transfer_encoding) || !head.chunked);
                }},
    FramingRule{"Transfer-Encoding on HTTP/1.0",
                [](const RequestHead& head) {
                  return head.version == 10 && head.transfer_encoding_fields != 0;
                }},
};

}  // namespace

std::span<const FramingRule> framing_rules() { return kRules; }

std::string_view broken_framing_rule(const RequestHead& head) {
  for (const FramingRule& rule : kRules) {
    if (rule.broken(head)) return rule.sentence;
  }
  return {};
}

}  // namespace gongji::gateway
