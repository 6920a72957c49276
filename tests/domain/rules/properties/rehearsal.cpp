#include "tests/domain/rules/properties/rehearsal.hpp"

#include <algorithm>

#include "tests/domain/support/profiles.hpp"
#include "tests/domain/support/yuan.hpp"

namespace gongji::test {
namespace {

struct Home {
  const char* family;
  const char* area;
};
constexpr Home kHomes[] = {{"SH", "310101"}, {"SX", "140107"}, {"BJ", "110101"}};

const Home& home_in(const Scene& scene, const CastMember& member) {
  const Province province = scene.province == Province::kMixed ? member.home : scene.province;
  return kHomes[static_cast<std::size_t>(province)];
}

bool bit(const Line& line, unsigned number) { return ((line.detail >> number) & 1U) != 0; }

std::vector<Mode> modes_of(const Line& line) {
  std::vector<Mode> modes;
  if (!bit(line, 0) || !bit(line, 1)) modes.push_back(Mode::kPay);
  if (bit(line, 2)) modes.push_back(Mode::kPremium);
  return modes;
}

}  // namespace

Rehearsal::Rehearsal(const Scene& scene, Fault fault)
    : scene_(scene),
      books_(fault.decides_by != nullptr ? *fault.decides_by : shipped_profiles(),
             std::move(fault.evolve)),
      auditor_(shipped_profiles()),
      clock_(civil("2026-03-02 10:00")) {
  books_.observe([this](const Household& before, const JournalRecord& record,
                        const Household& after) { auditor_.see(before, record, after); });
}

void Rehearsal::play() {
  for (std::size_t i = 0; i < scene_.cast.size(); ++i) enrol(scene_.cast[i], i);
  for (const Line& line : scene_.script) {
    clock_ += std::chrono::hours{line.hours} + std::chrono::milliseconds{1};
    act(line);
  }
}

void Rehearsal::enrol(const CastMember& member, std::size_t index) {
  Person person;
  person.id = PersonId{"p" + std::to_string(index)};
  person.card.scheme = member.employee ? Scheme::kEmployee : Scheme::kResident;
  person.card.area = home_in(scene_, member).area;
  person.current_year = Fen{member.current_year};
  person.carryover = Fen{member.carryover};
  ids_.push_back(person.id);
  if (member.employee) employees_.push_back(person.id);
  run(EnrolCommand{person});
}

void Rehearsal::act(const Line& line) {
  const PersonId& who = person(line.who);
  const PersonId& other = person(line.other);
  switch (line.deed) {
    case Deed::kSettle:
    case Deed::kQuoteAndSettle:
    case Deed::kSettleAsWronglyQuoted: return settle(line);
    case Deed::kCancel: return reverse(line, ReversalKind::kCancel);
    case Deed::kUndo: return reverse(line, ReversalKind::kUndo);
    case Deed::kReapply: return reapply(line);
    case Deed::kForm: return form(line);
    case Deed::kBind: return bind(line);
    case Deed::kConfirmModes: run(ConfirmModesCommand{organiser(line), modes_of(line)}); return;
    case Deed::kUnbind: run(UnbindCommand{organiser(line), other, false}); return;
    case Deed::kLeave: run(UnbindCommand{organiser(line), other, true}); return;
    case Deed::kDisband: run(DisbandCommand{organiser(line)}); return;
    case Deed::kMerge: books_.unite(who, other, clock_); return;
    case Deed::kChange: return change(line);
  }
}

SettleCommand Rehearsal::bill(const Line& line) const {
  SettleCommand command;
  command.patient = person(line.who);
  command.certificate.type = "01";
  command.place.channel = bit(line, 0) ? Channel::kPharmacy : Channel::kHospital;
  command.place.area = line.detail % 16 == 15 ? "990000" : books_.person(command.patient).card.area;
  command.use_family = line.detail % 13 != 0;
  command.use_account = line.detail % 17 != 0;
  BillParts& parts = command.parts;
  parts.medfee_sum = Fen{line.amount};
  if (bit(line, 4)) parts.full_own_pay = Fen{line.amount / 5};
  if (bit(line, 5)) parts.own_pay_lines = {{"C14030000000000000201", Fen{line.amount / 10}}};
  if (bit(line, 6)) parts.current_year_taken = Fen{line.amount / 7};
  if (bit(line, 7)) parts.hospital_part = Fen{line.amount / 9};
  return command;
}

void Rehearsal::settle(const Line& line) {
  SettleCommand command = bill(line);
  const auto quote = books_.quote(command, clock_);
  SettleCommand pooled = command;
  pooled.parts.fund_pay_sum = Fen{line.amount + 1};
  pooled.parts.medfee_sum += Fen{line.amount + 1};
  const auto with_pool = books_.quote(pooled, clock_);
  const bool same = quote.ok() == with_pool.ok() && (!quote.ok() || *quote == *with_pool);
  if (!same) ++pooled_mattered_;
  if (quote && line.deed == Deed::kQuoteAndSettle) command.quoted = quote->split();
  if (line.deed == Deed::kSettleAsWronglyQuoted)
    command.quoted = Split{Fen{1}, Fen{line.amount / 2}, Fen{}};
  const JournalRecord& record = run(command);
  if (record.applied()) posted_.push_back({command.patient, record.sequence, Sequence{}});
  if (line.deed != Deed::kQuoteAndSettle || !quote) return;
  const Settled* settled = record.event<Settled>();
  if (settled == nullptr || *settled != *quote) ++broken_quotes_;
}

Rehearsal::Posted* Rehearsal::posted(const Line& line) {
  if (posted_.empty()) return nullptr;
  return &posted_[static_cast<std::size_t>(line.amount) % posted_.size()];
}

void Rehearsal::reverse(const Line& line, ReversalKind kind) {
  Posted* bill = posted(line);
  if (bill == nullptr) return;
  const JournalRecord& record = run(ReverseCommand{bill->patient, bill->settled, kind});
  if (record.event<SettlementReversed>() != nullptr) bill->cancelled = record.sequence;
}

void Rehearsal::reapply(const Line& line) {
  if (const Posted* bill = posted(line))
    run(ReapplyCommand{bill->patient, bill->settled, bill->cancelled});
}

const PersonId& Rehearsal::organiser(const Line& line) const {
  if (employees_.empty() || line.detail % 19 == 18) return person(line.who);
  return employees_[line.who % employees_.size()];
}

void Rehearsal::bind(const Line& line) {
  const PersonId& who = organiser(line);
  run(BindCommand{who, family_of(who), member(line, family_of(who))});
}

void Rehearsal::form(const Line& line) {
  const PersonId& who = organiser(line);
  const std::string family = family_of(who);
  run(FormNetworkCommand{who, family, modes_of(line), {member(line, family)}});
}

NewMember Rehearsal::member(const Line& line, const std::string& family) const {
  NewMember made;
  made.id = person(line.other);
  made.relation = line.detail % 11 == 10 ? Relation::kOther : Relation::kChild;
  if (family != "SX") return made;
  made.quota = Fen{line.detail % 3 == 0 ? line.amount : line.amount / 8};
  const CivilDate today = civil_date(clock_);
  const std::chrono::sys_days from =
      std::chrono::sys_days{today} + std::chrono::days{static_cast<int>(line.detail % 5) - 3};
  made.window.from = CivilDate{from};
  made.window.to = CivilDate{from + std::chrono::days{static_cast<int>(line.detail % 23)}};
  return made;
}

void Rehearsal::change(const Line& line) {
  Person changed = books_.person(person(line.who));
  switch (line.detail % 6) {
    case 0: changed.status = InsuredStatus::kSuspended; break;
    case 1: changed.account_state = AccountState::kFrozen; break;
    case 2: changed.card.area.back() = changed.card.area.back() == '1' ? '2' : '1'; break;
    case 3: changed.duplicate_insurance = !changed.duplicate_insurance; break;
    default: changed.status = InsuredStatus::kNormal; changed.account_state = AccountState::kUsable;
  }
  run(EnrolCommand{changed});
}

std::string Rehearsal::family_of(const PersonId& id) const {
  const std::string& area = books_.person(id).card.area;
  const auto found = std::find_if(std::begin(kHomes), std::end(kHomes), [&](const Home& home) {
    return area.compare(0, 2, home.area, 2) == 0;
  });
  return found->family;
}

void Rehearsal::reverse_everything(bool earliest_first) {
  std::vector<Posted> order = posted_;
  if (!earliest_first) std::reverse(order.begin(), order.end());
  for (const Posted& bill : order)
    run(ReverseCommand{bill.patient, bill.settled, ReversalKind::kUndo});
}

}  // namespace gongji::test
