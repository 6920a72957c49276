#include "tests/simulation/tills/town.hpp"

#include "tests/actors/requests.hpp"

namespace gongji::simulation {
namespace {

namespace make = actors::test;
using std::chrono::year;

const char* area_of(const std::string& province) { return province == "SH" ? "310101" : "140105"; }

}  // namespace

Town::Town(Random& chance) : chance_(chance) {
  settle_in("SH", 2, 2);
  settle_in("SX", 2, 2);
  if (chance_.below(2) == 0) settle_in("SH", 1, 1);
}

void Town::settle_in(const std::string& province, unsigned employees, unsigned residents) {
  Family family{province, {}, {}};
  for (unsigned i = 0; i < employees + residents; ++i) {
    const std::string id = province + "p" + std::to_string(persons_.size());
    const bool employed = i < employees;
    Person person = employed ? make::employee(id, 1'000 * static_cast<int>(chance_.between(1, 400)))
                             : make::resident(id);
    person.card.area = area_of(province);
    if (employed && province == "SH") person.current_year = Fen{amount(50'000)};
    if (!employed && province == "SX" && chance_.below(3) == 0) person.special_group = "DIBAO";
    persons_.push_back(person);
    if (employed) family.employees.push_back(id);
    family.all.push_back(id);
  }
  families_.push_back(std::move(family));
}

const std::string& Town::somebody() { return chance_.pick(chance_.pick(families_).all); }

std::int64_t Town::amount(std::int64_t most) {
  return static_cast<std::int64_t>(chance_.between(1, static_cast<std::uint64_t>(most)));
}

Request Town::in_place(Request request, const std::string& patient) {
  if (auto* settle = std::get_if<SettleCommand>(&request.ask))
    settle->place.area = area_of(patient.substr(0, 2));
  return request;
}

// ---- tills ----

Request Town::settle(const std::string& msgid) {
  const std::string& patient = somebody();
  return in_place(make::settle(patient, amount(20'000), msgid), patient);
}

Request Town::settle_batch(const std::string& msgid) {
  const std::string& patient = somebody();
  const std::string batch = patient + std::to_string(chance_.below(8));
  return in_place(make::settle_batch(patient, 1'000, msgid, batch), patient);
}

Request Town::sell_goods(const std::string& msgid) {
  const std::string& patient = somebody();
  const std::string goods = std::to_string(chance_.below(4));
  return in_place(make::settle_goods(patient, 500, msgid, goods), patient);
}

Request Town::register_visit(const std::string& msgid) {
  return make::register_visit(somebody(), msgid, std::to_string(chance_.below(20)));
}

Request Town::refund_part(const std::string& msgid, const JournalRecord& settlement) {
  SettleCommand smaller = *settlement.settle_command();
  smaller.parts.medfee_sum = Fen{smaller.parts.medfee_sum.count() / 2};
  return make::administer(msgid, PartialRefundCommand{settlement.sequence, std::move(smaller)});
}

Request Town::ask_person() { return make::person(somebody()); }

Request Town::ask_quote() {
  const std::string& patient = somebody();
  Request request = make::quote(patient, amount(20'000));
  std::get<QuoteQuery>(request.ask).settle.place.area = area_of(patient.substr(0, 2));
  return request;
}

// ---- agencies ----

Request Town::credit(const std::string& msgid) {
  const Family& family = chance_.pick(families_);
  const bool current = family.province == "SH" && chance_.below(2) == 0;
  return make::administer(msgid, CreditCommand{PersonId{chance_.pick(family.employees)},
                                               current ? Bucket::kCurrentYear : Bucket::kCarryover,
                                               Fen{amount(30'000)}, "test"});
}

Request Town::debit(const std::string& msgid) {
  const std::string& person = chance_.pick(chance_.pick(families_).employees);
  return make::administer(
      msgid, DebitCommand{PersonId{person}, Bucket::kCarryover, Fen{amount(5'000)}, "test"});
}

Request Town::roll(const std::string& msgid) {
  const std::string& person = chance_.pick(families_.front().employees);
  const int closing = chance_.below(2) == 0 ? 2025 : 2026;
  return make::administer(msgid, RollYearCommand{PersonId{person}, closing, Fen{amount(100)}});
}

NewMember Town::member(const Family& family, const std::string& id) {
  NewMember member{PersonId{id}, Relation::kChild, {}, {}};
  if (family.province == "SH") return member;
  member.quota = Fen{amount(100'000)};
  member.window = {CivilDate{year{2026} / 1 / 1}, CivilDate{year{2027} / 12 / 31}};
  return member;
}

// Mostly within the family; now and then with a stranger of the same province.
Request Town::change_family(const std::string& msgid) {
  const Family& family = chance_.pick(families_);
  const PersonId organiser{chance_.pick(family.employees)};
  const std::string& other =
      chance_.below(6) == 0 ? chance_.pick(persons_).id.text() : chance_.pick(family.all);
  switch (chance_.below(8)) {
    case 0:
    case 1:
      return make::administer(
          msgid,
          FormNetworkCommand{organiser, family.province, {Mode::kPay}, {member(family, other)}});
    case 2:
    case 3:
      return make::administer(msgid,
                              BindCommand{organiser, family.province, member(family, other)});
    case 4: return make::administer(msgid, UnbindCommand{organiser, PersonId{other}, false});
    case 5: return make::administer(msgid, UnbindCommand{{}, PersonId{other}, true});
    case 6: return make::administer(msgid, RebindCommand{organiser, member(family, other)});
    default: return make::administer(msgid, DisbandCommand{organiser});
  }
}

Request Town::contribute(const std::string& msgid) {
  const Family& family = chance_.pick(families_);
  const bool commercial = family.province == "SH" && chance_.below(2) == 0;
  return make::contribute(chance_.pick(family.all), chance_.pick(family.employees), msgid,
                          commercial ? "COMMERCIAL" : "RESIDENT_PREMIUM");
}

}  // namespace gongji::simulation
