// The generator of situations. How they are staged: situation_stage.cpp.
#include "tests/domain/rules/properties/situation.hpp"

#include "tests/domain/rules/properties/for_all.hpp"

namespace gongji::reference {

std::ostream& operator<<(std::ostream& out, const Situation& s) {
  out << s.province << " day " << s.today << ", " << s.scheme
      << (s.insured_here ? "" : " elsewhere") << ", status " << s.status << ", main '"
      << s.main_account << "', account " << (s.account_usable ? "" : "frozen ") << s.current_year
      << "+" << s.carryover << (s.organises ? ", organises" : "") << "\n  part " << s.patient_part
      << ", own-pay " << s.own_pay << " (listed " << s.listed << "), taken " << s.taken
      << (s.pharmacy ? ", pharmacy" : "") << (s.designated ? "" : ", undesignated")
      << (s.place_inside ? "" : ", outside") << (s.use_account ? "" : ", no account")
      << (s.use_family ? "" : ", no family") << "\n";
  for (const Fund& f : s.funds)
    out << "  fund " << f.current_year << "+" << f.carryover << (f.account_usable ? "" : " frozen")
        << ", status " << f.status << ", main '" << f.main_account << "'"
        << (f.modes_confirmed ? "" : ", unconfirmed") << (f.pay_mode ? "" : ", no pay mode")
        << ", quota " << f.quota_left << ", days " << f.from_day << ".." << f.to_day
        << (f.place_changed ? ", moved" : "") << "\n";
  return out;
}

}  // namespace gongji::reference

namespace gongji::test {
namespace {

using reference::Amount;
using reference::Fund;
using reference::Situation;

rc::Gen<bool> seldom() { return rc::gen::weightedElement<bool>({{1, true}, {11, false}}); }
rc::Gen<bool> mostly() { return rc::gen::weightedElement<bool>({{11, true}, {1, false}}); }
rc::Gen<int> status() { return rc::gen::weightedElement<int>({{14, 1}, {1, 2}, {1, 4}}); }
rc::Gen<std::string> main_account() {
  return rc::gen::weightedElement<std::string>({{14, ""}, {1, "none"}, {1, "right"}, {1, "wrong"}});
}
// Amounts that meet: small ones, and those about the floor.
rc::Gen<Amount> amounts() {
  return rc::gen::weightedOneOf<Amount>({{2, rc::gen::inRange<Amount>(0, 4)},
                                         {4, rc::gen::inRange<Amount>(0, 60'000)},
                                         {2, rc::gen::inRange<Amount>(99'998, 100'003)},
                                         {4, rc::gen::inRange<Amount>(0, 300'000)}});
}

rc::Gen<Fund> fund() {
  return rc::gen::build<Fund>(
      rc::gen::set(&Fund::current_year, amounts()), rc::gen::set(&Fund::carryover, amounts()),
      rc::gen::set(&Fund::account_usable, mostly()), rc::gen::set(&Fund::status, status()),
      rc::gen::set(&Fund::main_account, main_account()),
      rc::gen::set(&Fund::modes_confirmed, mostly()), rc::gen::set(&Fund::pay_mode, mostly()),
      rc::gen::set(&Fund::quota_left,
                   rc::gen::weightedOneOf<Amount>({{6, amounts()}, {1, rc::gen::just<Amount>(0)}})),
      rc::gen::set(&Fund::from_day, rc::gen::inRange(-20, 3)),
      rc::gen::set(&Fund::to_day, rc::gen::inRange(-2, 20)),
      rc::gen::set(&Fund::place_changed, seldom()));
}

rc::Gen<std::vector<Fund>> funds(const std::string& province) {
  const int most = province == "Beijing" ? 4 : 1;
  return rc::gen::mapcat(rc::gen::inRange(0, 8), [most](int drawn) {
    const auto count = static_cast<std::size_t>(drawn == 0 ? 0 : 1 + drawn % most);
    return rc::gen::container<std::vector<Fund>>(count, fund());
  });
}

rc::Gen<Situation> situations_in(const std::string& province) {
  return rc::gen::build<Situation>(
      rc::gen::set(&Situation::province, rc::gen::just(province)),
      rc::gen::set(&Situation::today, rc::gen::inRange(-1, 2)),
      rc::gen::set(&Situation::scheme, rc::gen::weightedElement<std::string>(
                                           {{6, "employee"}, {6, "resident"}, {1, "help"}})),
      rc::gen::set(&Situation::insured_here, mostly()), rc::gen::set(&Situation::status, status()),
      rc::gen::set(&Situation::main_account, main_account()),
      rc::gen::set(&Situation::account_usable, mostly()),
      rc::gen::set(&Situation::current_year, amounts()),
      rc::gen::set(&Situation::carryover, amounts()), rc::gen::set(&Situation::organises, seldom()),
      rc::gen::set(&Situation::patient_part, amounts()),
      rc::gen::set(&Situation::own_pay,
                   rc::gen::weightedOneOf<Amount>({{3, rc::gen::just<Amount>(0)}, {1, amounts()}})),
      rc::gen::set(&Situation::listed, amounts()),
      rc::gen::set(&Situation::taken,
                   rc::gen::weightedOneOf<Amount>({{3, rc::gen::just<Amount>(0)}, {1, amounts()}})),
      rc::gen::set(&Situation::pharmacy, rc::gen::arbitrary<bool>()),
      rc::gen::set(&Situation::designated, mostly()),
      rc::gen::set(&Situation::place_inside, mostly()),
      rc::gen::set(&Situation::use_account, mostly()),
      rc::gen::set(&Situation::use_family, mostly()),
      rc::gen::set(&Situation::funds, funds(province)));
}

rc::Gen<Situation> situations() {
  return rc::gen::oneOf(situations_in("Shanghai"), situations_in("Shanxi"),
                        situations_in("Beijing"));
}

}  // namespace

void expect_for_all_situations(int cases, const std::function<std::string(const Situation&)>& law) {
  expect_all(situations(), cases, law);
}
bool some_situation_breaks(int cases, const std::function<std::string(const Situation&)>& law) {
  return is_refuted(situations(), cases, law);
}

}  // namespace gongji::test
