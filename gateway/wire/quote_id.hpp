// quote_id: the split a quote promised, carried by the terminal instead of remembered here, so that
// it survives a restart. "Q1.<own>.<family>.<cash>.<mac>": parts in fen, mac the first 16 bytes of
// HMAC-SHA256 in hex. The MAC binds the split to one institution, patient and total, so a quote
// cannot be carried over to another sale (GX-02, GX-03).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/command.hpp"

namespace gongji::gateway::wire {

// Secret of this installation; the owner of the program keeps it across restarts.
using QuoteKey = std::array<std::uint8_t, 32>;

// What a quote is valid for.
struct QuoteBinding {
  const InstitutionCode& institution;
  const PersonId& patient;
  Fen total;  // medfee_sumamt
};

std::string make_quote_id(const QuoteKey& key, const QuoteBinding& binding, const Split& split);
// Nothing when the text was not made by us for this sale.
std::optional<Split> read_quote_id(const QuoteKey& key, const QuoteBinding& binding,
                                   std::string_view text);

}  // namespace gongji::gateway::wire
