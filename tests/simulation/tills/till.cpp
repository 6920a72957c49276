#include "tests/simulation/tills/till.hpp"

#include "tests/actors/requests.hpp"

namespace gongji::simulation {
namespace {

namespace make = actors::test;

constexpr Time kThinkingMax{std::chrono::milliseconds{3}};

}  // namespace

Till::Till(World& world, Town& town, unsigned number)
    : world_(world),
      town_(town),
      chance_(world.schedule().chance().fork()),
      name_("t" + std::to_string(number) + "-") {}

std::string Till::next_id() { return name_ + std::to_string(++last_id_); }

void Till::run() {
  while (world_.take_operation()) {
    act();
    world_.schedule().sleep(world_.schedule().chance_time(kThinkingMax));
  }
}

void Till::act() {
  const std::uint64_t kind = mine_.empty() ? 0 : chance_.below(100);
  if (kind < 62) {
    const MessagePtr message = world_.message(invent(next_id()));
    mine_.push_back(message);
    if (chance_.below(12) == 0) return take_back_under_way(message);
    return remember(message, world_.ask_until_answered(message));
  }
  if (kind < 70) return repeat_old();
  if (kind < 72) return reuse_id();
  if (kind < 79) return take_back();
  if (kind < 86) return cancel();
  if (kind < 88) return refund();
  ask_about();
}

Request Till::invent(const std::string& msgid) {
  const std::uint64_t kind = chance_.below(62);
  if (kind < 22) return town_.settle(msgid);
  if (kind < 28) return town_.settle_batch(msgid);
  if (kind < 31) return town_.sell_goods(msgid);
  if (kind < 33) return town_.register_visit(msgid);
  if (kind < 39) return town_.credit(msgid);
  if (kind < 41) return town_.debit(msgid);
  if (kind < 54) return town_.change_family(msgid);
  if (kind < 58) return town_.contribute(msgid);
  return town_.roll(msgid);
}

void Till::remember(const MessagePtr& message, const std::optional<Reply>& reply) {
  const auto* recorded = reply ? std::get_if<Recorded>(&*reply) : nullptr;
  if (recorded == nullptr || recorded->record->event<Settled>() == nullptr) return;
  if (message->request.key_hash == KeyHash{}) return;
  settlements_.push_back(recorded->record);
}

// ---- what clients do to messages of before ----

void Till::repeat_old() {
  const MessagePtr message = chance_.pick(mine_);
  (void)world_.ask(message);
}

void Till::reuse_id() {
  const MessageKey key = chance_.pick(mine_)->request.origin.key;
  Request other = town_.settle(key.msgid);
  if (other.origin.key != key) return;
  other.origin.business_input += "|other";
  other.origin.digest[0] ^= 1U;
  (void)world_.ask(world_.message(std::move(other)));
}

void Till::take_back() {
  const MessagePtr undo =
      world_.message(make::undo(chance_.pick(world_.all_messages())->request, next_id()));
  mine_.push_back(undo);
  (void)world_.ask_until_answered(undo);
}

// Original and 2601 race; either wins, whole.
void Till::take_back_under_way(const MessagePtr& message) {
  world_.send(message);
  const MessagePtr undo = world_.message(make::undo(message->request, next_id()));
  mine_.push_back(undo);
  (void)world_.ask_until_answered(undo);
  (void)world_.ask_until_answered(message);
}

void Till::cancel() {
  if (settlements_.empty()) return;
  const JournalRecord& settlement = *chance_.pick(settlements_);
  const MessagePtr message = world_.message(
      make::cancel(settlement.event<Settled>()->patient.text(), settlement.sequence, next_id()));
  mine_.push_back(message);
  (void)world_.ask_until_answered(message);
}

void Till::refund() {
  if (settlements_.empty()) return;
  const MessagePtr message =
      world_.message(town_.refund_part(next_id(), *chance_.pick(settlements_)));
  mine_.push_back(message);
  (void)world_.ask_until_answered(message);
}

void Till::ask_about() {
  switch (chance_.below(4)) {
    case 0: return static_cast<void>(world_.ask(world_.question(town_.ask_quote())));
    case 1:
      return static_cast<void>(
          world_.ask(world_.question(make::query(chance_.pick(mine_)->request))));
    default: return static_cast<void>(world_.ask(world_.question(town_.ask_person())));
  }
}

}  // namespace gongji::simulation
