#include "tests/app/gongjictl/support/journal_builder.hpp"

#include <cstdlib>

#include "config/policies.hpp"
#include "domain/evolve.hpp"
#include "domain/transactions/persons.hpp"
#include "tests/test_places.hpp"

namespace gongji::ctl {
namespace {

KeyHash key_of(std::uint64_t number) {
  KeyHash key{};
  for (std::size_t i = 0; i < 8; ++i) key[i] = static_cast<std::uint8_t>(number >> (8 * i));
  return key;
}

Sequence original_of(const Command& command) {
  if (const auto* reverse = std::get_if<ReverseCommand>(&command)) return reverse->original;
  if (const auto* refund = std::get_if<PartialRefundCommand>(&command)) return refund->original;
  if (const auto* tax = std::get_if<AnswerTaxCommand>(&command)) return tax->contribution;
  if (const auto* insurer = std::get_if<AnswerInsurerCommand>(&command))
    return insurer->contribution;
  return {};
}

bool moves(const Command& command) {
  return std::holds_alternative<DepartCommand>(command) ||
         std::holds_alternative<ArriveCommand>(command);
}

Household together(Household into, const Household& other) {
  into.persons.insert(into.persons.end(), other.persons.begin(), other.persons.end());
  into.networks.insert(into.networks.end(), other.networks.begin(), other.networks.end());
  return into;
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
  record->profile = moves(command) ? ProfileRef{"NONE", ""} : profile_;
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

const ProfileBook& JournalBuilder::policies() {
  static const auto book = config::load_policies(GONGJI_SOURCE_DIR "/config/policies");
  return *book;
}

void JournalBuilder::set_date(const char* date) {
  const auto since = start_of(*parse_date(date)).time_since_epoch();
  clock_ms_ = static_cast<std::uint64_t>((since + std::chrono::hours{9}).count());
}

// As it will be recorded: one second after the last one.
Context JournalBuilder::context(const Command& command) const {
  const Instant at{std::chrono::milliseconds{clock_ms_ + 1000}};
  const Sequence original = original_of(command);
  return {at, policies(), original.is_none() ? nullptr : *store_->read(original)};
}

Sequence JournalBuilder::decide(std::uint64_t household, Command command) {
  const Context now = context(command);
  Household& state = images_[household].state;
  state.id = HouseholdId{household};
  const Profile& profile = governing_profile(state, subject_of(command), now);
  profile_ = {profile.id, profile.hash};
  Decision decision = gongji::decide(state, command, now);
  Outcome outcome;
  if (decision)
    outcome = std::move(decision).value();
  else
    outcome = std::move(decision).error();
  return add(household, std::move(command), std::move(outcome));
}

Sequence JournalBuilder::refuse_together(std::uint64_t household,
                                         const std::vector<std::uint64_t>& others,
                                         Command command) {
  const Context now = context(command);
  Household all = state(household);
  const Profile& profile = governing_profile(all, subject_of(command), now);
  profile_ = {profile.id, profile.hash};
  for (const std::uint64_t other : others) all = together(std::move(all), state(other));
  Decision decision = gongji::decide(all, command, now);
  if (decision) std::abort();
  return add(household, std::move(command), std::move(decision).error());
}

Sequence JournalBuilder::enrol(std::uint64_t household, const char* person, Scheme scheme,
                               Fen carryover) {
  Person enrolled;
  enrolled.id = PersonId{person};
  enrolled.card.scheme = scheme;
  enrolled.carryover = carryover;
  return add(household, EnrolCommand{enrolled}, Events{PersonEnrolled{enrolled}});
}

void JournalBuilder::move(std::uint64_t from, std::uint64_t to,
                          const std::vector<PersonId>& persons) {
  depart(from, to, persons);
  arrive(from, to);
}

Sequence JournalBuilder::depart(std::uint64_t from, std::uint64_t to,
                                const std::vector<PersonId>& persons) {
  const DepartCommand command{HouseholdId{to}, persons};
  Decision decision = decide_depart(state(from), command);
  if (!decision) std::abort();
  const auto contents = std::get<HouseholdDeparted>(decision->front()).contents;
  const Sequence sequence = add(from, command, std::move(decision).value());
  departures_[{from, to}] = {contents, sequence};
  return sequence;
}

Sequence JournalBuilder::arrive(std::uint64_t from, std::uint64_t to) {
  const auto& [contents, departed] = departures_.at({from, to});
  return add(to, ArriveCommand{contents, departed}, Events{ContentsArrived{contents, departed}});
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

namespace {

Person someone(const char* id, Scheme scheme, const char* area, Fen current_year, Fen carryover) {
  Person person;
  person.id = PersonId{id};
  person.card.psn_name = id;
  person.card.scheme = scheme;
  person.card.area = area;
  person.current_year = current_year;
  person.carryover = carryover;
  return person;
}

SettleCommand purchase(const char* patient, Fen bill, Fen current_year_taken = {}) {
  SettleCommand settle;
  settle.patient = PersonId{patient};
  settle.certificate = {"01", "token"};
  settle.place = {InstitutionCode{"P31010100001"}, "310101", Channel::kPharmacy, true};
  settle.med_type = "41";
  settle.parts.medfee_sum = bill;
  settle.parts.current_year_taken = current_year_taken;
  return settle;
}

}  // namespace

JournalBuilder year_story() {
  const PersonId a{"A"};
  const PersonId b{"B"};
  JournalBuilder story;
  story.decide(1,
               EnrolCommand{someone("A", Scheme::kEmployee, "310101", Fen{300'00}, Fen{1000'00})});
  story.decide(2, EnrolCommand{someone("B", Scheme::kResident, "310104", {}, {})});
  story.move(2, 1);
  story.decide(1, FormNetworkCommand{
                      a, "SH", {Mode::kPay, Mode::kPremium}, {{b, Relation::kParent, {}, {}}}});
  story.decide(1, CreditCommand{a, Bucket::kCurrentYear, Fen{50'00}, "MONTHLY"});
  const Sequence settled = story.decide(1, purchase("B", Fen{100'00}));
  story.decide(1, ContributeCommand{b, a, "RESIDENT_PREMIUM", "", 2027});
  story.decide(1, DebitCommand{a, Bucket::kCarryover, Fen{20'00}, "CORE_USE"});
  const Sequence product = story.decide(1, ContributeCommand{a, a, "COMMERCIAL", "HUHUIBAO", 2027});
  story.decide(1, AnswerInsurerCommand{a, product, false, "policy not possible"});
  const Sequence own = story.decide(1, purchase("A", Fen{50'00}, Fen{40'00}));
  story.set_date("2027-07-02");
  story.decide(1, RollYearCommand{a, 2027, Fen{1'00}});
  story.decide(1, ReverseCommand{a, own, ReversalKind::kCancel});
  const Sequence refund = story.decide(1, PartialRefundCommand{settled, purchase("B", Fen{60'00})});
  const Sequence again = story.decide(1, ContributeCommand{a, a, "COMMERCIAL", "HUHUIBAO", 2027});
  story.decide(1, AnswerInsurerCommand{a, again, true, ""});
  story.decide(1, ReviewCommand{{refund, {}, b, "seen twice"}, true});
  story.decide(1, UnbindCommand{a, b});
  story.move(1, 3, {b});
  story.decide(1, TransferOutCommand{a, "TRANSFER"});
  story.move(3, 1);
  story.decide(1, ReverseCommand{b, refund, ReversalKind::kUndo});
  return story;
}

JournalBuilder tax_story() {
  const PersonId f{"F"};
  const PersonId g{"G"};
  JournalBuilder story;
  story.decide(1, EnrolCommand{someone("F", Scheme::kEmployee, "140106", {}, Fen{2000'00})});
  Person special = someone("G", Scheme::kResident, "140107", {}, {});
  special.special_group = "DIBAO";
  story.decide(2, EnrolCommand{special});
  story.move(2, 1);
  NewMember member{g, Relation::kChild, Fen{600'00}, {}};
  member.window = {parse_date("2026-01-01"), parse_date("2027-12-31")};
  story.decide(1, BindCommand{f, "SX", member});
  const Sequence order = story.decide(1, ContributeCommand{g, f, "RESIDENT_PREMIUM", "", 2026});
  story.decide(1, AnswerTaxCommand{f, order, true, ""});
  story.decide(1, ContributeCommand{g, f, "RESIDENT_PREMIUM", "", 2026});
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
