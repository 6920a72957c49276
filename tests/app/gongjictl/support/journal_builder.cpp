#include "tests/app/gongjictl/support/journal_builder.hpp"

#include <cstdlib>

#include "domain/evolve.hpp"

namespace gongji::ctl {
namespace {

KeyHash key_of(std::uint64_t number) {
  KeyHash key{};
  for (std::size_t i = 0; i < 8; ++i) key[i] = static_cast<std::uint8_t>(number >> (8 * i));
  return key;
}

}  // namespace

JournalBuilder::JournalBuilder() {
  auto opened = stores::open_memory_store();
  if (!opened) std::abort();
  store_ = std::move(*opened);
}

Sequence JournalBuilder::add(std::uint64_t household, Command command, Outcome outcome) {
  auto record = std::make_shared<JournalRecord>();
  const JournalHead head = store_->head();
  record->sequence = head.durable.next();
  record->epoch = head.epoch;
  record->household = HouseholdId{household};
  record->at = Instant{std::chrono::milliseconds{clock_ms_ += 1000}};
  record->origin.key = {InstitutionCode{"P31010100001"}, "2102",
                        "m" + std::to_string(record->sequence.number())};
  record->keys = {key_of(record->sequence.number())};
  record->profile = {"SH-2025", "hash"};
  record->command = std::move(command);
  record->outcome = std::move(outcome);
  if (household != 0) {
    HouseholdImage& image = images_[household];
    record->previous = image.last_sequence;
    image.state.id = record->household;
    if (const auto* events = std::get_if<Events>(&record->outcome)) {
      image.state = evolve(std::move(image.state), *events);
      record->balances = balances_touched(image.state, *events);
    }
    image.last_sequence = record->sequence;
  }
  const RecordPtr group[] = {record};
  if (!store_->append(head.epoch, group)) std::abort();
  return record->sequence;
}

Sequence JournalBuilder::enrol(std::uint64_t household, const char* person, Scheme scheme,
                               Fen carryover) {
  Person enrolled;
  enrolled.id = PersonId{person};
  enrolled.card.scheme = scheme;
  enrolled.carryover = carryover;
  return add(household, EnrolCommand{enrolled}, Events{PersonEnrolled{enrolled}});
}

void JournalBuilder::move(std::uint64_t from, std::uint64_t to) {
  depart(from, to);
  arrive(from, to);
}

Sequence JournalBuilder::depart(std::uint64_t from, std::uint64_t to) {
  departed_[from] = images_[from].state;
  return add(from, DepartCommand{HouseholdId{to}},
             Events{HouseholdDeparted{HouseholdId{to}, departed_[from]}});
}

Sequence JournalBuilder::arrive(std::uint64_t from, std::uint64_t to) {
  return add(to, ArriveCommand{departed_[from]}, Events{ContentsArrived{departed_[from]}});
}

Sequence JournalBuilder::form_network(std::uint64_t household, const char* organiser,
                                      std::vector<const char*> members) {
  const PersonId id{organiser};
  Events events{NetworkFormed{id, "SH"}, ModesConfirmed{id, {Mode::kPay}}};
  FormNetworkCommand command{id, "SH", {Mode::kPay}, {}};
  std::uint64_t link = household << 20;
  for (const char* member : members) {
    Link bound;
    bound.id = LinkId{++link};
    bound.member = PersonId{member};
    bound.relation = Relation::kChild;
    events.push_back(MemberBound{id, bound});
    command.members.push_back({bound.member, bound.relation, {}, {}});
  }
  return add(household, command, events);
}

Sequence JournalBuilder::settle_from_family(std::uint64_t household, const char* patient,
                                            const char* payer, Fen bill) {
  SettleCommand command;
  command.patient = PersonId{patient};
  Settled settled;
  settled.patient = command.patient;
  settled.bill = bill;
  settled.family = {{PersonId{payer}, Bucket::kCarryover, bill, LinkId{(household << 20) + 1}}};
  return add(household, command, Events{settled});
}

Sequence JournalBuilder::settle_from_own(std::uint64_t household, const char* patient, Fen bill,
                                         Fen own) {
  SettleCommand command;
  command.patient = PersonId{patient};
  Settled settled;
  settled.patient = command.patient;
  settled.bill = bill;
  settled.own = {{command.patient, Bucket::kCarryover, own, {}}};
  settled.cash = bill - own;
  return add(household, command, Events{settled});
}

Sequence JournalBuilder::cancel(std::uint64_t household, Sequence original) {
  const auto record = store_->read(original);
  if (!record) std::abort();
  const Settled* settled = (*record)->event<Settled>();
  std::vector<Leg> legs = settled->own;
  legs.insert(legs.end(), settled->family.begin(), settled->family.end());
  return add(household, ReverseCommand{settled->patient, original, ReversalKind::kCancel},
             Events{SettlementReversed{original, ReversalKind::kCancel, settled->patient, legs,
                                       settled->cash}});
}

Sequence JournalBuilder::refuse(std::uint64_t household, const char* patient) {
  SettleCommand command;
  command.patient = PersonId{patient};
  return add(household, command, Refusal{Reason::kNotOwnCard, "mdtrt_cert_no", {}, {}});
}

Sequence JournalBuilder::tombstone() {
  return add(0, TombstoneCommand{{InstitutionCode{"P31010100001"}, "2102", "never-came"}},
             Events{});
}

JournalBuilder family_story() {
  JournalBuilder story;
  story.enrol(1, "A", Scheme::kEmployee, Fen{1000'00});                         // 1
  story.enrol(2, "B", Scheme::kResident, Fen{0});                               // 2
  story.move(2, 1);                                                             // 3, 4
  story.enrol(3, "C", Scheme::kEmployee, Fen{60'00});                           // 5
  story.move(3, 1);                                                             // 6, 7
  story.form_network(1, "A", {"B", "C"});                                       // 8
  const Sequence settled = story.settle_from_family(1, "B", "A", Fen{100'00});  // 9
  story.cancel(1, settled);                                                     // 10
  story.settle_from_own(1, "C", Fen{80'00}, Fen{60'00});                        // 11
  story.refuse(1, "B");                                                         // 12
  story.tombstone();                                                            // 13
  story.settle_from_family(1, "B", "A", Fen{30'00});                            // 14
  return story;
}

Status<StoreError> TamperedJournal::scan(Sequence from,
                                         const std::function<bool(const RecordPtr&)>& visit) const {
  return honest_.scan(from, [&](const RecordPtr& honest) {
    auto copy = std::make_shared<JournalRecord>(*honest);
    return tamper_(*copy) ? visit(copy) : true;
  });
}

}  // namespace gongji::ctl
