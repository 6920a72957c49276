// Reads a durable record the way an answer needs it.
#pragma once

#include <string>
#include <string_view>

#include "domain/record.hpp"
#include "gateway/wire/setlinfo_writer.hpp"

namespace gongji::gateway::wire {

// Whether the record holds a settlement that was applied: by a message, or as the smaller bill of a
// partial refund.
bool holds_settlement(const JournalRecord& record);

// Its answer.
SettlementAnswer settlement_answer(const JournalRecord& settlement, const ProfileBook& profiles);
// The answer of its cancel: the figures are the settlement's with every sign turned; ids, time and
// balance are the cancel's.
SettlementAnswer cancel_answer(const JournalRecord& cancel, const JournalRecord& settlement,
                               const ProfileBook& profiles);

// 41 pharmacy, 11 outpatient, 21 inpatient.
std::string_view clr_type_of(const JournalRecord& settlement);

// mdtrt_id as sent, else the one issued with this settlement.
std::string visit_of(const JournalRecord& settlement);

// current_year + carryover after the record; zero for a person without an account.
Fen balance_after(const JournalRecord& record, const PersonId& person);

// Where the message came from, as far as the record says: the area of the place of care.
std::string_view area_of(const JournalRecord& record, const JournalRecord* original);

}  // namespace gongji::gateway::wire
