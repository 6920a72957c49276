// The numbers an answer carries, made from a record's place in the journal: a setl_id says where
// its record lies, so no index is needed to find it.
//
//   setl_id       S 20261122 000000000042   S, civil day of the decision, 12 digits of the sequence
//   mdtrt_id      M 20261122 000000000042   when we issue it
//   inf_refmsgid  440100 20261122101531 0000000042   area, civil time, 10 digits of a serial number
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/ids.hpp"
#include "domain/time.hpp"

namespace gongji::gateway::wire {

std::string make_setl_id(Sequence sequence, Instant at);
std::string make_mdtrt_id(Sequence sequence, Instant at);
// Nothing when the text is no setl_id of ours.
std::optional<Sequence> sequence_of_setl_id(std::string_view setl_id);

// Always 30 characters; an area of another length is cut or filled with zeros.
std::string make_inf_refmsgid(std::string_view area, Instant at, std::uint64_t serial);
// "S", digits 30 in all: what 9001 gives out.
std::string make_sign_no(Instant at, std::uint64_t serial);

}  // namespace gongji::gateway::wire
