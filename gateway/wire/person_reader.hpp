// 1101: who is this, and what is left on his account?
#pragma once

#include "gateway/wire/transaction.hpp"

namespace gongji::gateway::wire {

Result<Reading, Refusal> read_person_query(const ReadContext& context);

// Whom a certificate names: 01 is a token, read as a psn_no; 02 a certno; 03 a card number. Nothing
// for other types.
std::optional<PersonQuery> person_of_certificate(std::string_view type, std::string_view number);

}  // namespace gongji::gateway::wire
