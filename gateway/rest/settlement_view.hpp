// What /v1 shows of a settlement or its reversal, whole or as far as the owner of family money may
// look (SH-17), and as a line of a list of payments. From durable records alone.
#pragma once

#include <optional>
#include <string>

#include "domain/profile.hpp"
#include "domain/record.hpp"

namespace gongji::gateway::rest {

// The bill a record settled; null when it settled none.
const SettleCommand* bill_of(const JournalRecord& record);
std::string settlement_id(const JournalRecord& record);

// A settlement; `reversed`: what became of it since.
std::string settlement_json(const JournalRecord& record, bool reversed);
// The same for whoever's account paid a part: his part, when, for whom.
std::string spending_json(const JournalRecord& record, bool reversed, const PersonId& owner);
// A reversal of `original`, with amounts below zero.
std::string reversal_json(const JournalRecord& record, const JournalRecord& original);
std::string reversal_spending_json(const JournalRecord& record, const JournalRecord& original,
                                   const PersonId& owner);
// The answer to a partial refund: what came back, and the settlement that stands now (GX-07).
std::string refund_json(const JournalRecord& record, std::string_view original_setl_id);

// Lines of lists; nothing when the record is no payment of his.
std::optional<std::string> own_payment_json(const JournalRecord& record, const PersonId& patient);
// `only`: of that member alone; none = of all members.
std::optional<std::string> network_payment_json(const JournalRecord& record, const PersonId& owner,
                                                const PersonId& only);

}  // namespace gongji::gateway::rest
