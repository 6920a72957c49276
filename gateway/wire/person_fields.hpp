// What the answers show of a person: from import, else from an 18-digit certno, else the
// interface's values for "unknown" (9, 1900-01-01, 0.0).
#pragma once

#include <string>

#include "domain/person.hpp"
#include "gateway/json/json_writer.hpp"

namespace gongji::gateway::wire {

struct ShownPerson {
  std::string gender;      // "1" male, "2" female, "9" unknown
  std::string birth_date;  // "1990-01-01"
  int age_tenths = 0;      // 368 = 36.8 years, as far as complete
};
ShownPerson shown_person(const PersonCard& card, Instant at);

// psn_no, psn_name, psn_cert_type, certno, gend, naty, brdy, age.
void write_person_fields(json::JsonWriter& out, const PersonId& id, const PersonCard& card,
                         Instant at);

}  // namespace gongji::gateway::wire
