// One message on its way in, on its loop thread: what transport and uploads bring, what reading it
// adds, and how a message that goes no further is answered.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "gateway/auth/signature_desk.hpp"
#include "gateway/exchange.hpp"
#include "gateway/json/json_document.hpp"
#include "gateway/reconciliation/byte_blocks.hpp"
#include "gateway/wire/message_context.hpp"

namespace gongji::gateway::wire {

// The file of a 9101 that was taken out of the message while it arrived.
struct StreamedFile {
  reconciliation::ByteBlocks bytes;
  std::string sm3{};  // in hex; what an SM2 signature covers instead of the bytes
};

// Views live until the next message is read on this thread.
struct Incoming {
  std::string_view text;
  Caller& caller;
  std::unique_ptr<AnswerSlot> slot;
  MessageContext message{};
  const HttpRequest* request = nullptr;  // null over TCP
  auth::SignatureCheck check{};          // of institutions that sign what they send
  StreamedFile* streamed_file = nullptr;
  std::string_view body_digest{};  // of a streamed body, in hex
};

inline constexpr unsigned kHttpAnswered = 200;
inline constexpr unsigned kHttpMalformed = 400;
inline constexpr unsigned kHttpUnauthenticated = 401;
inline constexpr unsigned kHttpNotFound = 404;
inline constexpr unsigned kHttpWrongMethod = 405;

// A message that goes no further, and how its caller is told.
struct Turned {
  Refusal refusal;
  unsigned http_status = kHttpAnswered;
  std::string challenge{};  // WWW-Authenticate
  bool close = false;       // TCP only, after the answer
  bool wordless = false;    // TCP only, instead of an answer
};

}  // namespace gongji::gateway::wire
