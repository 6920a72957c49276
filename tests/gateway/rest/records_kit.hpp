// Durable records as the journal would give them, with the numbers the tests speak of: 31 organises
// a network, 32 and 33 are his members.
#pragma once

#include <memory>
#include <string>

#include "domain/record.hpp"
#include "ports/settlement_service.hpp"

namespace gongji::gateway::testing {

// 2026-11-22 10:15:30.512 in UTC+8.
Instant record_time();
std::shared_ptr<JournalRecord> record_at(std::uint64_t sequence, Command command, Outcome outcome);

// A pharmacy bill of 350.00 of patient 32: own 200.00, the family of 31 100.00, cash 50.00.
std::shared_ptr<JournalRecord> settlement(std::uint64_t sequence, const char* patient = "32");
std::shared_ptr<JournalRecord> reversal(std::uint64_t sequence, const JournalRecord& original,
                                        bool account_closed = false);
// Paid from 31's account.
std::shared_ptr<JournalRecord> contribution(std::uint64_t sequence, ContributionStatus status,
                                            const char* person = "32");
std::shared_ptr<JournalRecord> tax_answer(std::uint64_t sequence, const JournalRecord& order,
                                          bool accepted);
std::shared_ptr<JournalRecord> insurer_refusal(std::uint64_t sequence, const JournalRecord& order);

// 31 with his network of 32 (child) and 33 (spouse).
PersonFound organiser_found();

// The names of these records outside.
std::string setl_id(std::uint64_t sequence);
std::string contribution_name(std::uint64_t sequence);

}  // namespace gongji::gateway::testing
