#include "gateway/http/response_writer.hpp"

#include <array>
#include <charconv>

namespace gongji::gateway {
namespace {

struct Phrase {
  unsigned status;
  std::string_view text;
};

constexpr std::array kPhrases = {
    Phrase{200, "OK"},
    Phrase{201, "Created"},
    Phrase{202, "Accepted"},
    Phrase{204, "No Content"},
    Phrase{304, "Not Modified"},
    Phrase{400, "Bad Request"},
    Phrase{401, "Unauthorized"},
    Phrase{403, "Forbidden"},
    Phrase{404, "Not Found"},
    Phrase{405, "Method Not Allowed"},
    Phrase{406, "Not Acceptable"},
    Phrase{409, "Conflict"},
    Phrase{410, "Gone"},
    Phrase{413, "Content Too Large"},
    Phrase{415, "Unsupported Media Type"},
    Phrase{422, "Unprocessable Content"},
    Phrase{429, "Too Many Requests"},
    Phrase{500, "Internal Server Error"},
    Phrase{501, "Not Implemented"},
    Phrase{503, "Service Unavailable"},
};

void append_number(std::string& output, std::size_t number) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  output.append(digits.data(), end);
}

void append_header(std::string& output, std::string_view name, std::string_view value) {
  output.append(name).append(": ");
  for (const char letter : value) {
    const auto code = static_cast<unsigned char>(letter);
    output.push_back(code < 0x20 || code == 0x7f ? ' ' : letter);
  }
  output.append("\r\n");
}

void append_status_line(std::string& output, unsigned status) {
  if (status == 200) {
    output.append("HTTP/1.1 200 OK\r\n");
    return;
  }
  output.append("HTTP/1.1 ");
  append_number(output, status);
  output.append(" ").append(reason_phrase(status)).append("\r\n");
}

constexpr bool may_have_body(unsigned status) { return status != 204 && status != 304; }

}  // namespace

std::string_view reason_phrase(unsigned status) {
  for (const Phrase& phrase : kPhrases) {
    if (phrase.status == status) return phrase.text;
  }
  return "Status";
}

void append_response(std::string& output, const Answer& answer, ResponseForm form) {
  append_status_line(output, answer.http_status);
  if (may_have_body(answer.http_status)) {
    output.append("Content-Type: ").append(answer.content_type);
    output.append("\r\nContent-Length: ");
    append_number(output, answer.body.size());
    output.append("\r\n");
  }
  for (const auto& [name, value] : answer.headers) append_header(output, name, value);
  if (form.close) output.append("Connection: close\r\n");
  output.append("\r\n");
  if (may_have_body(answer.http_status) && !form.head_only) output.append(answer.body);
}

}  // namespace gongji::gateway
