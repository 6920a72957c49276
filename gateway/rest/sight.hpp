// What a caller may see of a record (SH-17, SH-18, SX-34, SX-35): the one place where the
// visibility of money is decided. Agency and auditor see everything; an app sees what its acting
// person may see.
#pragma once

#include <cstdint>

#include "domain/record.hpp"
#include "gateway/rest/call.hpp"

namespace gongji::gateway::rest {

enum class Sight : std::uint8_t {
  kNothing,
  kSpending,  // whose money paid: amount, time, purpose; nothing of the visit
  kWhole,
};

// Of a settlement, its reversal, or both in one record.
Sight sight_of_settlement(const Call& call, const JournalRecord& record);

// Of a contribution: its payer and the person it is for. That person learns who paid only when it
// was his own network's organiser.
bool may_see(const Call& call, const Contribution& order);
bool may_see_payer(const Call& call, const Contribution& order);

// Family money of that owner the record moved: taken positive, given back negative.
Fen family_money(const JournalRecord& record, const PersonId& owner);
// The patient of the settlement or reversal; none when the record is neither.
PersonId patient_of(const JournalRecord& record);

}  // namespace gongji::gateway::rest
