#include "tests/gateway/rest/records_kit.hpp"

namespace gongji::gateway::testing {
namespace {

const LinkId kLink{1048577};

std::string padded(std::uint64_t sequence) {
  const std::string digits = std::to_string(sequence);
  return "20261122" + std::string(12 - digits.size(), '0') + digits;
}

Link link_of(std::uint64_t id, const char* member, Relation relation) {
  Link link;
  link.id = LinkId{id};
  link.member = PersonId{member};
  link.relation = relation;
  return link;
}

}  // namespace

Instant record_time() {  // 02:15:30.512 UTC
  return Instant{std::chrono::milliseconds{1'795'313'730'512}};
}

std::shared_ptr<JournalRecord> record_at(std::uint64_t sequence, Command command, Outcome outcome) {
  auto record = std::make_shared<JournalRecord>();
  record->sequence = Sequence{sequence};
  record->at = record_time();
  record->origin.key = {InstitutionCode{"P1"}, "2102", "m" + std::to_string(sequence)};
  record->profile = {"SH-2025", "abc"};
  record->command = std::move(command);
  record->outcome = std::move(outcome);
  return record;
}

std::shared_ptr<JournalRecord> settlement(std::uint64_t sequence, const char* patient) {
  SettleCommand asked;
  asked.patient = PersonId{patient};
  asked.place = {InstitutionCode{"P31010600123"}, "310106", Channel::kPharmacy, true};
  asked.med_type = "41";
  asked.parts.medfee_sum = Fen{40000};
  asked.parts.full_own_pay = Fen{5000};
  Settled settled;
  settled.patient = PersonId{patient};
  settled.card.scheme = Scheme::kEmployee;
  settled.bill = Fen{35000};
  settled.own = {{PersonId{patient}, Bucket::kCarryover, Fen{20000}, {}, 0}};
  settled.family = {{PersonId{"31"}, Bucket::kCarryover, Fen{10000}, kLink, 0}};
  settled.cash = Fen{5000};
  settled.counts_relief = false;
  auto record = record_at(sequence, asked, Events{settled});
  record->balances = {{PersonId{patient}, Fen{}, Fen{111}}, {PersonId{"31"}, Fen{80000}, Fen{222}}};
  return record;
}

std::shared_ptr<JournalRecord> reversal(std::uint64_t sequence, const JournalRecord& original,
                                        bool account_closed) {
  const Settled& settled = *original.event<Settled>();
  SettlementReversed reversed;
  reversed.original = original.sequence;
  reversed.patient = settled.patient;
  reversed.returned = settled.own;
  auto& family_goes_to = account_closed ? reversed.suspense : reversed.returned;
  family_goes_to.insert(family_goes_to.end(), settled.family.begin(), settled.family.end());
  reversed.cash_back = settled.cash;
  return record_at(sequence, ReverseCommand{settled.patient, original.sequence, {}},
                   Events{reversed});
}

std::shared_ptr<JournalRecord> contribution(std::uint64_t sequence, ContributionStatus status,
                                            const char* person) {
  ContributionOrdered ordered;
  ordered.order.id = OrderId{1'000'000 + sequence};
  ordered.order.person = PersonId{person};
  ordered.order.payer = PersonId{"31"};
  ordered.order.purpose = "RESIDENT_PREMIUM";
  ordered.order.year = 2026;
  ordered.order.amount = Fen{40000};
  ordered.order.status = status;
  if (status == ContributionStatus::kPaid)
    ordered.order.legs = {{PersonId{"31"}, Bucket::kCarryover, Fen{40000}, kLink, 0}};
  ordered.person_name = "陈小雨";
  ordered.payer_name = "陈建国";
  ordered.certno = "310101201501011234";
  ordered.area = "310101";
  const ContributeCommand command{PersonId{person}, PersonId{"31"}, "RESIDENT_PREMIUM", "", 2026};
  return record_at(sequence, command, Events{ordered});
}

std::shared_ptr<JournalRecord> tax_answer(std::uint64_t sequence, const JournalRecord& order,
                                          bool accepted) {
  const OrderId id = order.event<ContributionOrdered>()->order.id;
  return record_at(sequence, AnswerTaxCommand{PersonId{"31"}, order.sequence, accepted, ""},
                   Events{ContributionAnswered{id, accepted, ""}});
}

std::shared_ptr<JournalRecord> insurer_refusal(std::uint64_t sequence, const JournalRecord& order) {
  const Contribution& paid = order.event<ContributionOrdered>()->order;
  return record_at(sequence, AnswerInsurerCommand{PersonId{"31"}, order.sequence, false, ""},
                   Events{ContributionReversed{paid.id, paid.legs, {}, ""}});
}

PersonFound organiser_found() {
  PersonFound found;
  found.person.id = PersonId{"31"};
  found.person.card.psn_name = "陈建国";
  found.person.card.scheme = Scheme::kEmployee;
  found.person.card.area = "310101";
  found.person.carryover = Fen{777700};
  found.role = "ORGANISER";
  Network network;
  network.organiser = PersonId{"31"};
  network.family = "SH";
  network.modes_confirmed = true;
  network.modes = {Mode::kPay};
  network.links = {link_of(1048577, "32", Relation::kChild),
                   link_of(1048578, "33", Relation::kSpouse)};
  found.networks = {network};
  found.member_names = {{PersonId{"32"}, "陈小雨"}, {PersonId{"33"}, "林晓梅"}};
  return found;
}

std::string setl_id(std::uint64_t sequence) { return "S" + padded(sequence); }
std::string contribution_name(std::uint64_t sequence) { return "C" + padded(sequence); }

}  // namespace gongji::gateway::testing
