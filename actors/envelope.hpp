// A request on its way through the actors: what was asked, its ticket, and everything it holds
// while it is in flight. Shared by whoever currently works on it; when the last owner lets go, the
// ticket answers "unknown" if nobody answered before, and every claim is released.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "actors/claims.hpp"
#include "actors/inflight.hpp"
#include "ports/settlement_service.hpp"

namespace gongji::actors {

// A message that still needs something from the store keeps its place in its household's queue:
// what came after it for the same person waits (docs/wire.md: decided in the order they arrived).
enum class Turn { kReady, kLooking, kGone };

struct Envelope {
  Envelope() = default;
  ~Envelope() {  // the ticket says "unknown"
    if (ticket != nullptr) ticket->passed(hops);
  }
  Envelope(const Envelope&) = delete;
  Envelope& operator=(const Envelope&) = delete;

  Request request;
  HopTimes hops;                // each written by who owns the message at that hop
  Turn turn = Turn::kReady;     // guarded by the roster
  PersonId addressee;           // whose household it waits for; set when it is posted
  unsigned detours = 0;         // how often somebody it concerns had moved away meanwhile
  bool names_stranger = false;  // somebody who is in no book; the decision says so
  std::unique_ptr<ReplyTicket> ticket;
  Claims claims;                   // message, business and reversal keys
  InflightToken inflight;          // counts in its household until durable and indexed
  std::optional<Command> command;  // what `request.ask` came down to; nothing for queries
  std::optional<Refusal> verdict;  // decided already with a wider view (actors/mover.hpp)
  std::function<void(const HouseholdImage&)> peek;  // internal: look at the state, record nothing
  RecordPtr original;                // reversals and message queries: the record they speak of
  RecordPtr business_record;         // an earlier record with the same business key
  std::vector<KeyHash> extra_keys;   // go into the record when it is applied
  std::vector<KeyHash> more_claims;  // keys it turned out to need besides those of the request

  void answer(Reply reply) {
    if (auto open = std::move(ticket)) {
      open->passed(hops);
      open->complete(std::move(reply));
    }
  }
  void refuse(Reason reason, std::string detail = {}) {
    answer(NotDecided{Refusal{reason, std::move(detail), {}, {}}});
  }
  [[nodiscard]] bool expired(HopTimes::Moment now) const { return now > request.deadline; }
};
using EnvelopePtr = std::shared_ptr<Envelope>;

}  // namespace gongji::actors
