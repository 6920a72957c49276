// Reads a durable record the way an answer needs it.
#pragma once

#include <string>
#include <string_view>

#include "domain/record.hpp"
#include "gateway/wire/setlinfo_writer.hpp"

namespace gongji::gateway::wire {

// The settlement a record holds; it must hold one (a SettleCommand that was applied). What differs
// between a settlement and its cancel (ids, time, balance, sequence) is the caller's to set.
SettlementAnswer settlement_of(const JournalRecord& settlement, const ProfileBook& profiles);
bool holds_settlement(const JournalRecord& record);

// mdtrt_id as sent, else the one issued with this settlement.
std::string visit_of(const JournalRecord& settlement);

// current_year + carryover after the record; zero for a person without an account.
Fen balance_after(const JournalRecord& record, const PersonId& person);

// Where the message came from, as far as the record says: the area of the place of care.
std::string_view area_of(const JournalRecord& record, const JournalRecord* original);

}  // namespace gongji::gateway::wire
