// Who the load is about: families of an employee with much carry-over and his child, a resident
// without an account; and single persons in no network. Everything about a person follows from his
// role and index, so nothing is stored and any run finds the persons an earlier one created.
#pragma once

#include <cstdint>
#include <string>

namespace gongji::loadtest {

enum class PersonRole : std::uint8_t { kOrganiser, kChild, kSingle };

struct PersonRef {
  PersonRole role = PersonRole::kOrganiser;
  std::uint32_t index = 0;
  bool operator==(const PersonRef&) const = default;
};

// "319100000000042": 31 (Shanghai), 9 (load), role 1-3, eleven digits of the index.
std::string person_number(PersonRef person);
// An 18-digit resident id with a right check digit, distinct for every person up to 20 million a
// role.
std::string certificate_number(PersonRef person);
// Where the person is insured.
std::string insured_area(PersonRef person);
// "310" employee (organisers and singles of even index), "390" resident.
std::string insurance_type(PersonRef person);
bool has_account(PersonRef person);

struct Population {
  std::uint32_t families = 0;
  std::uint32_t singles = 0;

  // Every account that can pay has a number: organisers first, then singles.
  [[nodiscard]] std::uint32_t accounts() const { return families + singles; }
  [[nodiscard]] std::uint32_t account_paying_for(PersonRef patient) const;
  [[nodiscard]] PersonRef account_holder(std::uint32_t account) const;
};

// One family for another generator, with its newline: the numbers of organiser and child, the
// child's certificate and area, separated by tabs.
void append_family_row(std::string& out, std::uint32_t family);

// Import lines, as `gongjictl import` takes them, each with its newline: a person, and the network
// of a family's organiser and child. Persons come first within an import, because a network has to
// wait for everything before it.
void append_person_line(std::string& out, PersonRef person);
void append_network_line(std::string& out, std::uint32_t family);

}  // namespace gongji::loadtest
