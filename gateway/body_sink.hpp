// Bodies too long to be held as a whole: a transport hands them to a sink in the pieces in which
// they arrive.
#pragma once

#include <memory>
#include <string_view>

#include "gateway/exchange.hpp"

namespace gongji::gateway {

// Takes one body. Loop thread; owned by the session, and destroyed unfinished when the connection
// ends before its body does.
class BodySink {
 public:
  virtual ~BodySink() = default;
  // False: not wanted after all. The session answers 413 and closes.
  [[nodiscard]] virtual bool take(std::string_view piece) = 0;
  // The whole body was taken; `request` is the one it belongs to, without a body of its own.
  virtual void finish(const HttpRequest& request, std::unique_ptr<AnswerSlot> slot) = 0;
};

class UploadHandler {
 public:
  virtual ~UploadHandler() = default;
  // A body above frame_bytes_max begins; the request has no body yet. Null: it is not wanted (413).
  // Loop thread; must not block.
  virtual std::unique_ptr<BodySink> begin_upload(const HttpRequest& head) = 0;
};

}  // namespace gongji::gateway
