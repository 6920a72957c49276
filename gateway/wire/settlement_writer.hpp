// 2102, 2207, 2304 and their quotes: the output of a settlement.
#pragma once

#include "gateway/wire/transaction.hpp"

namespace gongji::gateway::wire {

void write_settlement(json::JsonWriter& out, const RecordedAnswer& answer);

// A quote has no record; what was asked stands in for it.
struct QuoteAnswer {
  const Quoted& quoted;
  const SettleCommand& asked;
  const MessageKey& message;
  std::string_view business_input;
  const ProfileBook& profiles;
  const QuoteKey& quote_key;
};
void write_quote(json::JsonWriter& out, const QuoteAnswer& answer);

// A settlement refused because its split is no longer the quoted one (GX-03): the amounts of the
// new split and a fresh quote_id, to be confirmed under a new message id.
void write_stale_quote(json::JsonWriter& out, const JournalRecord& record, const Split& new_split,
                       const ProfileBook& profiles, const QuoteKey& quote_key);

}  // namespace gongji::gateway::wire
