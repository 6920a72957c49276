#include "actors/canary.hpp"

#include <caf/actor_system.hpp>
#include <caf/behavior.hpp>
#include <caf/event_based_actor.hpp>
#include <caf/send.hpp>
#include <limits>
#include <memory>
#include <utility>

namespace gongji::actors {
namespace {

// Later than anything durable, so the answer takes its place in the writer's queue.
constexpr Sequence kBehindTheQueue{std::numeric_limits<std::uint64_t>::max()};

// What comes back through the journal writer. A question that a failed journal drops is answered
// "unknown" instead, as everything dropped is, and that is no sign of life.
const Reply kAlive{NotDecided{}};

// The way every answer takes out of the journal writer.
class Question final : public ReplyTicket {
 public:
  explicit Question(std::function<void()> answered) : answered_(std::move(answered)) {}
  void complete(Reply reply) noexcept override {
    if (reply.index() == kAlive.index()) answered_();
  }

 private:
  std::function<void()> answered_;
};

}  // namespace

struct Asked {
  EnvelopePtr envelope;
};
struct Enough {};

}  // namespace gongji::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(gongji::actors::Asked)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(gongji::actors::Enough)

namespace gongji::actors {

Canary::Canary(caf::actor_system& system, JournalWriter& journal)
    : actor_(system.spawn<caf::hidden>([&journal](caf::event_based_actor* self) -> caf::behavior {
        return {
            [&journal](const Asked& asked) {
              journal.answer_after(kBehindTheQueue, asked.envelope, kAlive);
            },
            [self](const Enough&) { self->quit(); },
        };
      })) {}

Canary::~Canary() { caf::anon_send(actor_, Enough{}); }

void Canary::ask(std::function<void()> answered) const {
  auto envelope = std::make_shared<Envelope>();
  envelope->ticket = std::make_unique<Question>(std::move(answered));
  caf::anon_send(actor_, Asked{std::move(envelope)});
}

}  // namespace gongji::actors
