// How messages look on one connection. Two forms: tcp_client.hpp and http_client.hpp. A connection
// tags every message; the wire returns the tag with the answer.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "domain/result.hpp"
#include "loadtest/options.hpp"
#include "loadtest/traffic.hpp"

namespace gongji::loadtest {

class AnswerSink {
 public:
  virtual ~AnswerSink() = default;
  virtual void on_answer(std::uint64_t tag, const IncomingAnswer& answer) = 0;
};

class Wire {
 public:
  virtual ~Wire() = default;
  // A new connection begins: forget what belonged to the old one.
  virtual void reset() = 0;
  virtual void append(std::string& out, std::uint64_t tag, const OutgoingMessage& message) = 0;
  // Takes whole answers off the front of `bytes`. After an error the connection is of no more use.
  virtual Status<std::string> read(std::string_view& bytes, AnswerSink& sink) = 0;
  // The server said that it closes the connection.
  [[nodiscard]] virtual bool closing() const = 0;
};

std::unique_ptr<Wire> make_tcp_wire();
std::unique_ptr<Wire> make_http_wire(std::string host);

}  // namespace gongji::loadtest
