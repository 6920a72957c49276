#include "tests/stores/support/worked_record.hpp"

namespace gongji::stores::testing {
namespace {

constexpr std::uint64_t kHousehold = 7;
const PersonId kChild{"31000000000000000002"};
const PersonId kMother{"31000000000000000001"};
const InstitutionCode kPharmacy{"P31010100017"};

// 2026-11-22 10:15:30.512 in UTC+8
constexpr Instant kDecidedAt{std::chrono::milliseconds{1'795'313'730'512}};

Origin origin() {
  Origin origin;
  origin.key = {kPharmacy, "2102", "P31010100017202611220001"};
  origin.digest.fill(0xd1);
  origin.business_input = "psn_no=31000000000000000002";
  origin.received_at = kDecidedAt - std::chrono::milliseconds{1};
  origin.channel = "pharmacy";
  origin.operator_id = "01";
  return origin;
}

SettleCommand command() {
  SettleCommand settle;
  settle.patient = kChild;
  settle.certificate = {"02", "310101201501011234"};
  settle.place = {kPharmacy, "310101", Channel::kPharmacy, true};
  settle.med_type = "41";
  settle.parts.medfee_sum = Fen{12'000};
  return settle;
}

Settled settled() {
  Settled event;
  event.patient = kChild;
  event.card.psn_name = "王小明";
  event.card.certno = "310101201501011234";
  event.card.birth_date = "2015-01-01";
  event.card.area = "310101";
  event.bill = Fen{12'000};
  event.own = {{kChild, Bucket::kCarryover, Fen{2'000}, LinkId{}}};
  event.family = {{kMother, Bucket::kCarryover, Fen{10'000}, LinkId{kHousehold << 20}}};
  event.counts_relief = false;
  return event;
}

}  // namespace

JournalRecord worked_record() {
  JournalRecord record;
  record.sequence = Sequence{1001};
  record.epoch = Epoch{3};
  record.household = HouseholdId{kHousehold};
  record.previous = Sequence{940};
  record.at = kDecidedAt;
  record.origin = origin();
  record.keys.resize(1);
  record.keys[0].fill(0xc1);
  record.profile = {"SH-2025", std::string(64, 'e')};
  record.command = command();
  record.outcome = Events{settled()};
  record.balances = {{kChild, Fen{0}, Fen{0}}, {kMother, Fen{500}, Fen{88'000}}};
  return record;
}

}  // namespace gongji::stores::testing
