// Situations of the reference model in the product's own terms. Part of situation.hpp.
#include <map>

#include "tests/domain/rules/properties/situation.hpp"
#include "tests/domain/support/yuan.hpp"

namespace gongji::test {
namespace {

struct Region {
  const char* family;
  const char* area;
};
const std::map<std::string, Region> kRegions{
    {"Shanghai", {"SH", "310101"}}, {"Shanxi", {"SX", "140107"}}, {"Beijing", {"BJ", "110101"}}};
const std::map<std::string, Scheme> kSchemes{
    {"employee", Scheme::kEmployee}, {"resident", Scheme::kResident}, {"help", Scheme::kHelpPlan}};
const std::map<std::string, MainAccount> kMainAccounts{{"", MainAccount::kNone},
                                                       {"none", MainAccount::kNone},
                                                       {"right", MainAccount::kRight},
                                                       {"wrong", MainAccount::kWrong}};

CivilDate date_of(int day_number) {
  return CivilDate{std::chrono::sys_days{day("2026-03-02")} + std::chrono::days{day_number}};
}

template <class Source>
Person person(const PersonId& id, const Source& source, const char* area) {
  Person made;
  made.id = id;
  made.card.area = area;
  made.current_year = Fen{source.current_year};
  made.carryover = Fen{source.carryover};
  made.status = static_cast<InsuredStatus>(source.status);
  made.account_state = source.account_usable ? AccountState::kUsable : AccountState::kFrozen;
  made.duplicate_insurance = !source.main_account.empty();
  made.main_account = kMainAccounts.at(source.main_account);
  return made;
}

Network network(const reference::Fund& fund, std::size_t index, const Person& member,
                const Region& region) {
  Link link;
  link.id = LinkId{index + 1};
  link.member = member.id;
  link.bound_at = Instant{std::chrono::seconds{index}};
  link.member_area = fund.place_changed ? "000000" : member.card.area;
  link.organiser_area = region.area;
  const std::string family = region.family;
  if (family == "SX") {
    link.quota = Fen{fund.quota_left + 5};
    link.quota_left = Fen{fund.quota_left};
    link.window = {date_of(fund.from_day), date_of(fund.to_day)};
  }
  const std::vector<Mode> modes{fund.pay_mode ? Mode::kPay : Mode::kPremium};
  return {organiser_of_fund(index), family, fund.modes_confirmed, modes, {link}};
}

SettleCommand bill_of(const reference::Situation& s, const char* area) {
  SettleCommand bill;
  bill.patient = PersonId{"patient"};
  bill.certificate.type = "01";
  bill.place.area = s.place_inside ? area : "990000";
  bill.place.designated = s.designated;
  bill.place.channel = s.pharmacy ? Channel::kPharmacy : Channel::kHospital;
  bill.parts.medfee_sum = Fen{s.patient_part + 700};
  bill.parts.fund_pay_sum = Fen{600};
  bill.parts.hospital_part = Fen{100};
  bill.parts.full_own_pay = Fen{s.own_pay};
  bill.parts.own_pay_lines = {{"C14030000000000000201", Fen{s.listed}}, {"UNLISTED", Fen{7}}};
  bill.parts.current_year_taken = Fen{s.taken};
  bill.use_account = s.use_account;
  bill.use_family = s.use_family;
  return bill;
}

}  // namespace

PersonId organiser_of_fund(std::size_t index) { return PersonId{"o" + std::to_string(index)}; }

Staged stage(const reference::Situation& s) {
  const Region& region = kRegions.at(s.province);
  Staged staged;
  staged.at = start_of(date_of(s.today)) + std::chrono::hours{23};
  staged.bill = bill_of(s, region.area);
  Person patient = person(staged.bill.patient, s, s.insured_here ? region.area : "520000");
  patient.card.scheme = kSchemes.at(s.scheme);
  staged.home.persons = {patient};
  for (std::size_t i = 0; i < s.funds.size(); ++i) {
    Person organiser = person(organiser_of_fund(i), s.funds[i], region.area);
    organiser.card.scheme = Scheme::kEmployee;
    staged.home.persons.push_back(organiser);
    staged.home.networks.push_back(network(s.funds[i], i, patient, region));
  }
  if (!s.organises) return staged;
  Link another;
  another.member = PersonId{"somebody"};
  staged.home.networks.push_back({patient.id, region.family, true, {Mode::kPay}, {another}});
  return staged;
}

}  // namespace gongji::test
