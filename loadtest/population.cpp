#include "loadtest/population.hpp"

#include <string_view>

namespace gongji::loadtest {
namespace {

// 10^11 fen: no run empties it, and ten million such accounts still add up in 64 bits.
constexpr std::string_view kAccountFields = R"("current_year":"0.00","carryover":"1000000000.00",)";

std::string padded(std::uint64_t number, std::size_t width) {
  std::string digits = std::to_string(number);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

// GB 11643: weighted sum of the first 17 digits, modulo 11.
char check_digit(std::string_view first_17) {
  constexpr unsigned kWeights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  unsigned sum = 0;
  for (std::size_t i = 0; i < 17; ++i)
    sum += static_cast<unsigned>(first_17[i] - '0') * kWeights[i];
  return "10X98765432"[sum % 11];
}

unsigned role_digit(PersonRole role) { return static_cast<unsigned>(role) + 1; }

// 999 persons share a birthday; days 1-28, 12 months, 60 years.
struct BirthSlot {
  std::uint32_t serial, day, month, year;
};
BirthSlot birth_slot(std::uint32_t index) {
  return {index % 999 + 1, index / 999 % 28 + 1, index / (999 * 28) % 12 + 1,
          1940 + index / (999 * 28 * 12)};
}

}  // namespace

std::string person_number(PersonRef person) {
  return "319" + std::to_string(role_digit(person.role)) + padded(person.index, 11);
}

std::string certificate_number(PersonRef person) {
  const BirthSlot birth = birth_slot(person.index);
  std::string digits = insured_area(person) + padded(birth.year, 4) + padded(birth.month, 2) +
                       padded(birth.day, 2) + padded(birth.serial, 3);
  digits += check_digit(digits);
  return digits;
}

std::string insured_area(PersonRef person) {
  switch (person.role) {
    case PersonRole::kOrganiser: return "310101";
    case PersonRole::kChild: return "310104";
    case PersonRole::kSingle: return "310105";
  }
  return {};
}

bool has_account(PersonRef person) {
  return person.role == PersonRole::kOrganiser ||
         (person.role == PersonRole::kSingle && person.index % 2 == 0);
}

std::string insurance_type(PersonRef person) { return has_account(person) ? "310" : "390"; }

std::uint32_t Population::account_paying_for(PersonRef patient) const {
  return patient.role == PersonRole::kSingle ? families + patient.index : patient.index;
}

PersonRef Population::account_holder(std::uint32_t account) const {
  if (account < families) return {PersonRole::kOrganiser, account};
  return {PersonRole::kSingle, account - families};
}

void append_family_row(std::string& out, std::uint32_t family) {
  const PersonRef child{PersonRole::kChild, family};
  out += person_number({PersonRole::kOrganiser, family}) + '\t' + person_number(child) + '\t' +
         certificate_number(child) + '\t' + insured_area(child) + '\n';
}

void append_person_line(std::string& out, PersonRef person) {
  const BirthSlot birth = birth_slot(person.index);
  const std::string account{has_account(person) ? kAccountFields : ""};
  out += R"({"type":"person","psn_no":")" + person_number(person) + R"(","psn_name":"压测)" +
         std::to_string(role_digit(person.role)) + "-" + std::to_string(person.index) +
         R"(","certno":")" + certificate_number(person) + R"(","insutype":")" +
         insurance_type(person) + R"(","psn_insu_stas":"1","insuplc_admdvs":")" +
         insured_area(person) + R"(","psn_type":")" + (has_account(person) ? "11" : "15") +
         R"(",)" + account + R"("account_state":"usable","birth_date":")" + padded(birth.year, 4) +
         "-" + padded(birth.month, 2) + "-" + padded(birth.day, 2) + "\"}\n";
}

void append_network_line(std::string& out, std::uint32_t family) {
  out += R"({"type":"network","organizer":")" + person_number({PersonRole::kOrganiser, family}) +
         R"(","profile":"SH","modes":["PAY","PREMIUM"],"members":[{"psn_no":")" +
         person_number({PersonRole::kChild, family}) + "\",\"relation\":\"CHILD\"}]}\n";
}

}  // namespace gongji::loadtest
