#include "loadtest/population.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <set>
#include <sstream>

namespace gongji::loadtest {
namespace {

TEST(Population, gives_everybody_numbers_of_his_own) {
  std::set<std::string> persons, certificates;
  constexpr std::uint32_t kEach = 10'000;
  for (const PersonRole role : {PersonRole::kOrganiser, PersonRole::kChild, PersonRole::kSingle})
    for (std::uint32_t index = 0; index < kEach; ++index) {
      persons.insert(person_number({role, index}));
      certificates.insert(certificate_number({role, index}));
    }
  EXPECT_EQ(persons.size(), 3 * kEach);
  EXPECT_EQ(certificates.size(), 3 * kEach);
}

// GB 11643: the weighted sum of all 18 digits is 1 modulo 11.
TEST(Population, writes_certificates_with_a_right_check_digit) {
  constexpr unsigned kWeights[18] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1};
  for (const std::uint32_t index : {0u, 1u, 998u, 999u, 27'972u, 19'999'999u}) {
    const std::string digits = certificate_number({PersonRole::kChild, index});
    ASSERT_EQ(digits.size(), 18u);
    unsigned sum = 0;
    for (std::size_t i = 0; i < 18; ++i)
      sum += (digits[i] == 'X' ? 10u : static_cast<unsigned>(digits[i] - '0')) * kWeights[i];
    EXPECT_EQ(sum % 11, 1u) << digits;
  }
}

TEST(Population, maps_patients_to_the_account_that_pays) {
  const Population population{10, 5};
  EXPECT_EQ(population.accounts(), 15u);
  EXPECT_EQ(population.account_paying_for({PersonRole::kChild, 3}), 3u);
  EXPECT_EQ(population.account_paying_for({PersonRole::kSingle, 3}), 13u);
  EXPECT_EQ(population.account_holder(3), (PersonRef{PersonRole::kOrganiser, 3}));
  EXPECT_EQ(population.account_holder(13), (PersonRef{PersonRole::kSingle, 3}));
}

TEST(Population, lists_a_family_for_other_generators) {
  std::string row;
  append_family_row(row, 7);
  const PersonRef child{PersonRole::kChild, 7};
  EXPECT_EQ(row, person_number({PersonRole::kOrganiser, 7}) + "\t" + person_number(child) + "\t" +
                     certificate_number(child) + "\t310104\n");
}

TEST(Population, writes_import_lines_that_are_json_and_fit_together) {
  std::string lines;
  append_person_line(lines, {PersonRole::kOrganiser, 7});
  append_person_line(lines, {PersonRole::kChild, 7});
  append_network_line(lines, 7);
  std::vector<boost::json::value> records;
  std::istringstream stream{lines};
  for (std::string line; std::getline(stream, line);) records.push_back(boost::json::parse(line));
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[0].at("insutype"), "310");
  EXPECT_EQ(records[0].at("carryover"), "1000000000.00");
  EXPECT_EQ(records[1].at("insutype"), "390");
  EXPECT_FALSE(records[1].as_object().contains("carryover"));  // a resident has no account
  EXPECT_EQ(records[2].at("organizer"), records[0].at("psn_no"));
  EXPECT_EQ(records[2].at("members").at(0).at("psn_no"), records[1].at("psn_no"));
}

}  // namespace
}  // namespace gongji::loadtest
