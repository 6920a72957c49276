// Frames: the tag travels as the correlation id, so answers may come in any order.
#include "loadtest/client/frame.hpp"
#include "loadtest/wire.hpp"

namespace gongji::loadtest {
namespace {

class TcpWire final : public Wire {
 public:
  void reset() override {}

  void append(std::string& out, std::uint64_t tag, const OutgoingMessage& message) override {
    append_frame(out, tag, message.body);
  }

  Status<std::string> read(std::string_view& bytes, AnswerSink& sink) override {
    while (true) {
      const auto cut = cut_frame(bytes);
      if (!cut) return cut.error();
      if (!cut->has_value()) return Done{};
      sink.on_answer((*cut)->correlation, {200, (*cut)->payload});
    }
  }

  [[nodiscard]] bool closing() const override { return false; }
};

}  // namespace

std::unique_ptr<Wire> make_tcp_wire() { return std::make_unique<TcpWire>(); }

}  // namespace gongji::loadtest
