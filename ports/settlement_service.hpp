// The one inbound door: the gateway knows this and no actor, the actors know this and no HTTP.
// A request travels as one value; its answer comes back exactly once through its ticket.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "domain/command.hpp"
#include "domain/event.hpp"
#include "domain/record.hpp"
#include "ports/hop_times.hpp"

namespace gongji {

// ---- what can be asked beside commands that change something ----

// 2101, 2206, 2303: how would it split now? Reserves nothing (GX-02).
struct QuoteQuery {
  SettleCommand settle;
};
// 1101, GET /v1/persons: found by psn_no, or by the alias under which his enrolment is indexed
// (the hash of his certno or card_no).
struct PersonQuery {
  PersonId person;  // "" when the alias names him
  std::optional<KeyHash> alias;
};
// 2602: what became of that message?
struct MessageQuery {
  MessageKey original;
  KeyHash original_hash{};
};
// 2601: undo that message, whatever it did, or bar it if it never came. The directory turns it into
// a ReverseCommand, ReapplyCommand or TombstoneCommand.
struct UndoRequest {
  MessageKey original;
  KeyHash original_hash{};
};
// 2103, 2208: `settlement` is the sequence that setl_id encodes.
struct CancelRequest {
  PersonId patient;
  Sequence settlement;
};
// 5203: `settlement` as above. Answered like 2602; only to the institution whose settlement it is,
// others are told what they are told of one that does not exist.
struct SettlementQuery {
  PersonId patient;
  Sequence settlement;
};
// Commands of import and administration. They name persons; the directory brings the persons'
// households together first where the command needs that.
struct AdminRequest {
  Command command;
};
// A RecordVisitCommand is asked as it is.
using Ask = std::variant<SettleCommand, CancelRequest, UndoRequest, QuoteQuery, PersonQuery,
                         MessageQuery, AdminRequest, RecordVisitCommand, SettlementQuery>;

struct Request {
  Origin origin;
  KeyHash key_hash{};  // of origin.key; all zero for queries, which are not remembered
  std::optional<KeyHash>
      business_hash;  // names the business fact; at most one applied record has it
  // Set: a later message with that name may be another fact. Within this time after the first it is
  // refused (E_POSSIBLE_DUPLICATE), afterwards it is decided, and has the name from then on.
  std::optional<std::chrono::seconds> duplicate_window;
  std::vector<KeyHash> aliases;  // enrolments: certno and card_no, so that they can be found
  Ask ask;
  std::chrono::steady_clock::time_point deadline;  // refused before it is decided, never after
};

// ---- what can be answered ----

// Decided and durable. `replayed` = the same message was decided before; the record is the first.
struct Recorded {
  RecordPtr record;
  bool replayed = false;
  RecordPtr original;  // cancels and undos: the settlement they speak of
};
// The message key is known with another business input; the gateway names the first field that
// differs.
struct KeyReused {
  RecordPtr first;
};
struct Quoted {
  Settled would_settle;
  ProfileRef profile;
  Fen balance_after;  // the patient's own, if it were settled
  Instant at;
};
struct PersonFound {
  Person person;
  Fen family_available;  // what he may draw now, all funds
  std::string role;      // "ORGANISER", "MEMBER", "" (a Shanxi authoriser without links: "")
  std::vector<Network> networks;                               // those he organises
  std::vector<std::pair<PersonId, std::string>> member_names;  // of their members
  HouseholdId household;
  Sequence last_sequence;  // of his household: the state this answer saw
  Instant at;
};
enum class MessageState {
  kUnknown,
  kInFlight,
  kApplied,
  kRefused,
  kReversed,
  kReversedBeforeArrival
};
struct MessageFound {
  MessageState state = MessageState::kUnknown;
  RecordPtr record;    // the message's own record when there is one
  RecordPtr original;  // what a cancel or undo spoke of
};
// Refused without a record: nothing was decided, the same message may be sent again.
struct NotDecided {
  Refusal refusal;
};
// Nobody can say (infcode -1). Asking again with the same message tells.
struct OutcomeUnknown {};

using Reply = std::variant<Recorded, KeyReused, Quoted, PersonFound, MessageFound, NotDecided,
                           OutcomeUnknown>;

// Where the answer goes. complete() is called at most once, from any thread, and must not block: it
// hands over to the session's own thread. Destroying a ticket that was not completed answers
// OutcomeUnknown, so no caller waits for ever whatever is lost inside.
class ReplyTicket {
 public:
  virtual ~ReplyTicket() = default;
  // When the message passed which hop; on the thread that completes next, or destroys. For who
  // wants to tell what took so long.
  virtual void passed(const HopTimes&) noexcept {}
  virtual void complete(Reply reply) noexcept = 0;
};

class SettlementService {
 public:
  virtual ~SettlementService() = default;
  // Any thread; never blocks on disk or decision. Requests of one caller thread for the same person
  // are decided in the order of the calls, except one that names nobody (UndoRequest, an alias),
  // gathers several persons, or waits for another with its key: what comes after it may be decided
  // first. Who needs the order waits for that one's answer.
  virtual void submit(Request request, std::unique_ptr<ReplyTicket> ticket) = 0;
};

}  // namespace gongji
