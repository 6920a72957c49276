#include "tests/simulation/oracle/oracle.hpp"

#include "tests/simulation/world/node.hpp"

namespace gongji::simulation {
namespace {

constexpr std::size_t kComplaintsMax = 20;

std::string number(Sequence sequence) { return std::to_string(sequence.number()); }

// Sending it again may bring another answer: nothing was decided.
bool open_still(const Reply& reply) {
  if (std::holds_alternative<OutcomeUnknown>(reply)) return true;
  const auto* undecided = std::get_if<NotDecided>(&reply);
  if (undecided == nullptr) return false;
  const Reason reason = undecided->refusal.reason;
  return reason == Reason::kBusy || reason == Reason::kDeadline;
}

}  // namespace

void Oracle::complain(const std::string& what) {
  if (complaints_.size() < kComplaintsMax) complaints_.push_back(what);
}

void Oracle::sent(const MessagePtr& message) { messages_.push_back(message); }

void Oracle::answered(Message& message, const Reply& reply, const Node& node) {
  if (!open_still(reply)) message.settled = true;
  if (const auto* recorded = std::get_if<Recorded>(&reply)) see(message, *recorded, node);
  if (const auto* reused = std::get_if<KeyReused>(&reply)) check_gate(message, reused->first, node);
  if (const auto* found = std::get_if<MessageFound>(&reply); found && found->record)
    check_gate(message, found->record, node);
  if (const auto* found = std::get_if<PersonFound>(&reply))
    if (found->last_sequence > disk_.safe_upto())
      complain(message.name + ": a balance was shown as of record " + number(found->last_sequence) +
               ", which is not on the disk");
}

void Oracle::see(Message& message, const Recorded& answer, const Node& node) {
  if (answer.record == nullptr) return complain(message.name + ": answered with no record");
  check_gate(message, answer.record, node);
  check_same(message, answer);
  answers_.push_back(answer.record);
}

void Oracle::check_gate(const Message& message, const RecordPtr& record, const Node& node) {
  const std::string what = message.name + ": answered with record " + number(record->sequence);
  if (record->sequence > node.store().promised())
    return complain(what + ", which no append has confirmed");
  const RecordPtr safe = disk_.safe(record->sequence);
  if (safe == nullptr) return complain(what + ", which is not on the disk");
  if (safe != record && *safe != *record) complain(what + ", where another record is on the disk");
}

void Oracle::check_same(Message& message, const Recorded& answer) {
  const Sequence now = answer.record->sequence;
  if (message.decided.is_none()) message.decided = now;
  if (message.decided != now)
    complain(message.name + ": answered with record " + number(now) + ", and before with record " +
             number(message.decided));
}

}  // namespace gongji::simulation
