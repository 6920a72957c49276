#include <utility>

#include "tests/simulation/world/world.hpp"

// The network between tills and gateway: messages and answers take time, get lost and come twice.
// Part of world.hpp.
namespace gongji::simulation {
namespace {

using std::chrono::milliseconds;

constexpr Time kPatienceMin{milliseconds{200}};  // of a till with one answer
constexpr Time kPatienceMax{milliseconds{2'000}};
constexpr milliseconds kDeadline{1'000};  // the gateway's own for one message

const char* text_of(const Reply& reply) {
  static constexpr const char* kNames[] = {"recorded", "key reused", "quoted", "person",
                                           "message",  "undecided",  "unknown"};
  return kNames[reply.index()];
}

std::string record_text(const Reply& reply) {
  if (const auto* recorded = std::get_if<Recorded>(&reply)) {
    const Refusal* refusal = recorded->record->refusal();
    return std::string{" "} + std::to_string(recorded->record->sequence.number()) +
           (recorded->replayed ? " again" : "") +
           (refusal == nullptr ? "" : " refused " + std::string{code(refusal->reason)});
  }
  const auto* undecided = std::get_if<NotDecided>(&reply);
  return undecided == nullptr ? "" : " " + std::string{code(undecided->refusal.reason)};
}

}  // namespace

bool World::take_operation() {
  if (operations_left_ == 0) return false;
  --operations_left_;
  return true;
}

MessagePtr World::question(Request request) {
  auto made = std::make_shared<Message>();
  made->name = request.origin.key.infno + ' ' + request.origin.key.msgid;
  made->request = std::move(request);
  return made;
}

MessagePtr World::message(Request request) {
  const MessagePtr made = question(std::move(request));
  oracle_.sent(made);
  return made;
}

// Where one answer goes; the till may have given up by then.
struct World::Slot {
  std::optional<Reply> reply;
};

class World::Ticket final : public ReplyTicket {
 public:
  Ticket(World& world, Node& node, MessagePtr message, SlotPtr slot)
      : world_(world), node_(node), message_(std::move(message)), slot_(std::move(slot)) {}
  ~Ticket() override {
    if (!completed_) complete(OutcomeUnknown{});
  }
  void complete(Reply reply) noexcept override {
    if (std::exchange(completed_, true))
      return world_.oracle_.complain(message_->name + ": answered twice");
    if (!node_.alive()) return;  // nobody hears it
    world_.trace_.line(world_.schedule_, [&] {
      return message_->name + " <- " + text_of(reply) + record_text(reply);
    });
    world_.oracle_.answered(*message_, reply, node_);
    if (world_.schedule_.chance().per_mille(world_.weather_.lost_per_mille)) return;
    if (!slot_->reply) slot_->reply = std::move(reply);
    world_.schedule_.wake_all(slot_.get());
  }

 private:
  World& world_;
  Node& node_;
  const MessagePtr message_;
  const SlotPtr slot_;
  bool completed_ = false;
};

Node* World::somebody_listening() {
  if (!older_.empty() && schedule_.chance().below(4) == 0)
    if (Node* const old = schedule_.chance().pick(older_).get(); old->serving()) return old;
  return serving();
}

void World::deliver(const MessagePtr& message, const SlotPtr& slot) {
  if (schedule_.chance().per_mille(weather_.lost_per_mille)) return;
  Node* const node = somebody_listening();
  if (node == nullptr) return;
  Request request = message->request;
  request.deadline = std::chrono::steady_clock::now() + kDeadline;
  node->deliver(std::move(request), std::make_unique<Ticket>(*this, *node, message, slot));
}

void World::put_on_the_wire(const MessagePtr& message, const SlotPtr& slot) {
  trace_.line(schedule_, [&] { return message->name + " ->"; });
  if (schedule_.chance().per_mille(weather_.duplicate_per_mille))
    schedule_.start([this, message, slot] {
      schedule_.sleep(schedule_.chance_time(3 * weather_.delay_max));
      if (!closing_) deliver(message, slot);
    });
  schedule_.sleep(schedule_.chance_time(weather_.delay_max));
  deliver(message, slot);
}

void World::send(const MessagePtr& message) { put_on_the_wire(message, std::make_shared<Slot>()); }

std::optional<Reply> World::ask(const MessagePtr& message) {
  const auto slot = std::make_shared<Slot>();
  put_on_the_wire(message, slot);
  const Time patience = kPatienceMin + schedule_.chance_time(kPatienceMax - kPatienceMin);
  const Time until = schedule_.now() + patience;
  while (!slot->reply && schedule_.now() < until) schedule_.wait(slot.get(), until);
  return slot->reply;
}

std::optional<Reply> World::ask_until_answered(const MessagePtr& message) {
  const Time limit = schedule_.now() + options_.answer_within;
  std::optional<Reply> reply;
  while (schedule_.now() < limit) {
    reply = ask(message);
    if (reply && message->settled) return reply;
    schedule_.sleep(schedule_.chance_time(milliseconds{50}));
  }
  oracle_.complain(message->name + ": not answered within its limit");
  return reply;
}

}  // namespace gongji::simulation
