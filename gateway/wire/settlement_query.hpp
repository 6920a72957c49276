// 5203: one settlement of the institution that asks, as it stands, and who paid what of it
// (`mulaiddetail`, ours). Also answers for the negative record of a cancel.
#pragma once

#include "gateway/wire/transaction.hpp"

namespace gongji::gateway::wire {

constexpr std::string_view kSettlementQuery = "5203";
Result<Reading, Refusal> read_settlement_query(const ReadContext& context);

// What was asked for, from the canonical text of the query, and how the institution likes it.
struct SettlementAsked {
  std::string_view business_input;
  unsigned refd_setl_flag_digits = 1;
};
// False: what was found is not what these numbers name, hence none.
bool is_settlement_asked(const MessageFound& found, const SettlementAsked& asked);
// Only of what is_settlement_asked().
void write_found_settlement(json::JsonWriter& out, const MessageFound& found,
                            const SettlementAsked& asked, const ProfileBook& profiles);

}  // namespace gongji::gateway::wire
