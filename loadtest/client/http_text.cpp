#include "loadtest/client/http_text.hpp"

#include <charconv>

namespace gongji::loadtest {
namespace {

constexpr std::size_t kHeadBytesMax = 64 * 1024;
constexpr std::size_t kBodyBytesMax = 256u << 20;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool same_ignoring_case(std::string_view left, std::string_view right) {
  if (left.size() != right.size()) return false;
  for (std::size_t i = 0; i < left.size(); ++i)
    if (lower(left[i]) != lower(right[i])) return false;
  return true;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::optional<std::size_t> parse_number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "HTTP/1.1 200 OK" -> 200
std::optional<unsigned> parse_status(std::string_view head) {
  if (!head.starts_with("HTTP/1.") || head.size() < 12 || head[8] != ' ') return std::nullopt;
  const auto status = parse_number(head.substr(9, 3));
  if (!status || *status < 100) return std::nullopt;
  return static_cast<unsigned>(*status);
}

}  // namespace

void append_http_request(std::string& out, const HttpRequestText& request) {
  out.append(request.method).append(" ").append(request.target).append(" HTTP/1.1\r\nHost: ");
  out.append(request.host).append("\r\n").append(request.headers);
  if (!request.body.empty() || request.method == "POST") {
    char digits[20];
    const auto end = std::to_chars(digits, digits + sizeof digits, request.body.size()).ptr;
    out.append("Content-Length: ").append(digits, end).append("\r\n");
  }
  out.append("\r\n").append(request.body);
}

std::string_view find_header(std::string_view headers, std::string_view name) {
  while (!headers.empty()) {
    const auto end = headers.find("\r\n");
    const std::string_view line = headers.substr(0, end);
    const auto colon = line.find(':');
    if (colon != std::string_view::npos && same_ignoring_case(line.substr(0, colon), name))
      return trimmed(line.substr(colon + 1));
    if (end == std::string_view::npos) break;
    headers.remove_prefix(end + 2);
  }
  return {};
}

Result<std::optional<HttpAnswerText>, std::string> cut_http_answer(std::string_view& bytes) {
  const auto head_end = bytes.find("\r\n\r\n");
  if (head_end == std::string_view::npos) {
    if (bytes.size() > kHeadBytesMax) return std::string{"an HTTP head without end"};
    return std::optional<HttpAnswerText>{};
  }
  const std::string_view head = bytes.substr(0, head_end);
  const auto status = parse_status(head);
  if (!status) return "not an HTTP answer: '" + std::string{head.substr(0, 40)} + "'";
  HttpAnswerText answer;
  answer.status = *status;
  const auto line_end = head.find("\r\n");
  if (line_end != std::string_view::npos) answer.headers = head.substr(line_end + 2);
  std::string_view rest = bytes.substr(head_end + 4);
  if (answer.status < 200) {
    bytes = rest;
    return cut_http_answer(bytes);
  }

  std::size_t length = 0;
  if (answer.status != 204 && answer.status != 304) {
    const auto stated = parse_number(find_header(answer.headers, "Content-Length"));
    if (!stated || *stated > kBodyBytesMax)
      return std::string{"an HTTP answer without a usable Content-Length"};
    length = *stated;
  }
  if (rest.size() < length) return std::optional<HttpAnswerText>{};
  answer.keep_alive = !same_ignoring_case(find_header(answer.headers, "Connection"), "close");
  answer.body = rest.substr(0, length);
  bytes = rest.substr(length);
  return std::optional<HttpAnswerText>{answer};
}

}  // namespace gongji::loadtest
