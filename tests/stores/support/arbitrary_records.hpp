// rapidcheck generators of everything a journal record or a household image can hold: every
// command, every event, every optional present and absent, and numbers up to their limits.
#pragma once

#include <rapidcheck.h>

#include "domain/record.hpp"

namespace gongji::stores::testing {

// `kind` = index of the variant's alternative.
rc::Gen<Command> any_command(std::size_t kind);
rc::Gen<Event> any_event(std::size_t kind);
rc::Gen<HouseholdImage> any_image();
rc::Gen<JournalRecord> any_record();

}  // namespace gongji::stores::testing
