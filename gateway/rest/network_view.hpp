// What /v1 shows of a network: as it stands, to its organiser or to one member, and of what a
// command did to it, from the command's record alone.
#pragma once

#include <string>

#include "domain/record.hpp"
#include "ports/settlement_service.hpp"

namespace gongji::gateway::rest {

// The network `found` organises, which must have one. `only` names the one member to be shown
// (SH-18); none = all of them. `profile` says whether modes need a confirmation (SH-21).
std::string network_json(const PersonFound& found, const PersonId& only, const Profile& profile);
bool is_member(const PersonFound& found, const PersonId& person);

// Of the record of an applied command.
// The network without names; `profile` is the one that decided, null when it is gone.
std::string formed_json(const JournalRecord& record, const Profile* profile);
std::string bound_json(const JournalRecord& record);      // the new link; rebinding too
std::string corrected_json(const JournalRecord& record);  // the relation
std::string unbound_json(const JournalRecord& record);    // the links that ended; leaving too
std::string modes_json(const JournalRecord& record);
std::string disbanded_json(const JournalRecord& record);

}  // namespace gongji::gateway::rest
