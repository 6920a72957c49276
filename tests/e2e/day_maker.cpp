// Makes the store of one institution's day without a gateway: so many settlements of many
// households, some cancelled, undone and put back, as real records with true balances. Beside it
// the day's detail file as the institution would write it, with planted differences, and what a
// comparison must find. A day of a million takes a minute; over the wire it would take an hour.
//
//   day_maker DATA_DIR SETTLEMENTS DETAIL_FILE EXPECTED_FILE
//
// EXPECTED_FILE: a line "totals COUNT MEDFEE FUND ACCT", then for every difference
// "setl_id stmt_rslt kind", TAB-separated. The day is 2026-11-22, the institution P31010100001.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <random>

#include "domain/evolve.hpp"
#include "domain/record.hpp"
#include "gateway/wire/digest.hpp"
#include "gateway/wire/record_ids.hpp"
#include "stores/rocksdb/rocks_store.hpp"

namespace gongji {
namespace {

using gateway::wire::make_mdtrt_id;
using gateway::wire::make_setl_id;

const InstitutionCode kInstitution{"P31010100001"};
const CivilDate kDay{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{22}};
constexpr std::uint64_t kHouseholds = 5'000;
constexpr std::size_t kGroup = 2'000;

[[noreturn]] void die(const std::string& why) {
  std::fprintf(stderr, "day_maker: %s\n", why.c_str());
  std::exit(1);
}

// Writes records in groups, each with its place in its household.
class Journal {
 public:
  Journal(const std::string& data_dir, std::uint64_t records)
      : step_ms_(std::max<std::uint64_t>(1, 80'000'000 / records)) {
    auto opened = stores::open_rocks_store({.data_dir = data_dir});
    if (!opened) die(opened.error().message);
    store_ = std::move(opened).value();
  }

  RecordPtr add(HouseholdId household, Command command, Events events) {
    auto record = std::make_shared<JournalRecord>();
    record->sequence = Sequence{++last_};
    record->epoch = store_->head().epoch;
    record->household = household;
    record->at = start_of(kDay) + std::chrono::milliseconds{1'000 + last_ * step_ms_};
    record->origin.key = {kInstitution, "2102", "M" + std::to_string(last_)};
    record->origin.received_at = record->at;
    record->origin.channel = "pharmacy";
    record->keys = {gateway::wire::message_key_hash(record->origin.key)};
    record->profile = {"SH-2025", "00"};
    record->command = std::move(command);
    HouseholdImage& image = images_[household];
    record->previous = image.last_sequence;
    image.state.id = household;
    image.state = evolve(std::move(image.state), events);
    record->balances = balances_touched(image.state, events);
    image.last_sequence = record->sequence;
    record->outcome = std::move(events);
    group_.push_back(record);
    if (group_.size() == kGroup) write();
    return record;
  }
  void write() {
    if (const auto done = store_->append(store_->head().epoch, group_); !done)
      die(done.error().message);
    if (const auto done = store_->index(group_); !done) die(done.error().message);
    group_.clear();
  }

 private:
  const std::uint64_t step_ms_;
  std::unique_ptr<stores::RocksStore> store_;
  std::map<HouseholdId, HouseholdImage> images_;
  std::vector<RecordPtr> group_;
  std::uint64_t last_ = 0;
};

std::string person_of(std::uint64_t household) {
  const std::string digits = std::to_string(household);
  return "3101010000000000" + std::string(10 - digits.size(), '0') + digits;
}

struct Sale {
  Sequence record;
  HouseholdId household;
  Instant at;
  std::string psn_no;
  std::string mdtrt_id;
  Fen total;
  Fen pooled;
  Fen own;
};

// A line of the detail file.
struct Line {
  std::string setl_id;
  std::string mdtrt_id;
  std::string psn_no;
  Fen total;
  Fen pooled;
  Fen account;
  std::string flag = "0";
};

class Day {
 public:
  Day(Journal& journal, std::uint64_t settlements, std::ofstream& details, std::ofstream& expected)
      : journal_(journal), settlements_(settlements), details_(details), expected_(expected) {}

  void make() {
    for (std::uint64_t i = 1; i <= kHouseholds; ++i) enrol(HouseholdId{i});
    // The last writes of the file: what it says of a settlement is known once its fate is.
    for (std::uint64_t i = 0; i < settlements_; ++i) tell(i, settle());
    journal_.write();
    for (int i = 0; i < 40; ++i) invent(i);
    expected_ << "totals\t" << count_ << '\t' << to_yuan_text(total_) << '\t'
              << to_yuan_text(pooled_) << '\t' << to_yuan_text(account_) << '\n';
  }

 private:
  void enrol(HouseholdId household) {
    Person person;
    person.id = PersonId{person_of(household.number())};
    person.card.scheme = Scheme::kEmployee;
    person.card.area = "310101";
    person.carryover = Fen{1'000'000'000'000};
    journal_.add(household, EnrolCommand{person}, Events{PersonEnrolled{person}});
  }

  Sale settle() {
    const HouseholdId household{1 + random_() % kHouseholds};
    const Fen total{static_cast<std::int64_t>(100 + random_() % 50'000)};
    const Fen pooled{random_() % 4 == 0 ? total.count() / 3 : 0};
    const Fen own{(total - pooled).count() - static_cast<std::int64_t>(random_() % 100)};
    SettleCommand command;
    command.patient = PersonId{person_of(household.number())};
    command.place = {kInstitution, "310101", Channel::kPharmacy, true};
    command.med_type = "41";
    command.visit_id = random_() % 2 == 0 ? "" : "V" + std::to_string(random_() % 1'000'000);
    command.parts.medfee_sum = total;
    command.parts.fund_pay_sum = pooled;
    Settled settled;
    settled.patient = command.patient;
    settled.card.scheme = Scheme::kEmployee;
    settled.bill = total - pooled;
    settled.own = {{command.patient, Bucket::kCarryover, own, LinkId{}, 0}};
    settled.cash = settled.bill - own;
    const std::string sent = command.visit_id;
    const RecordPtr record = journal_.add(household, command, Events{settled});
    return {record->sequence,
            household,
            record->at,
            command.patient.text(),
            sent.empty() ? make_mdtrt_id(record->sequence, record->at) : sent,
            total,
            pooled,
            own};
  }

  Leg leg_of(const Sale& sale) const {
    return {PersonId{sale.psn_no}, Bucket::kCarryover, sale.own, LinkId{}, 0};
  }
  RecordPtr take_back(const Sale& sale, ReversalKind kind) {
    const SettlementReversed event{sale.record,
                                   kind,
                                   PersonId{sale.psn_no},
                                   {leg_of(sale)},
                                   sale.total - sale.pooled - sale.own};
    return journal_.add(sale.household, ReverseCommand{event.patient, sale.record, kind},
                        Events{event});
  }

  // What becomes of it, and what the institution writes down.
  void tell(std::uint64_t number, const Sale& sale) {
    const std::uint64_t lot = number % 1'000;
    Line line{make_setl_id(sale.record, sale.at),
              sale.mdtrt_id,
              sale.psn_no,
              sale.total,
              sale.pooled,
              sale.own};
    if (lot < 10) {  // cancelled, and taken out of both books
      take_back(sale, ReversalKind::kCancel);
      return;
    }
    if (lot < 13) {  // undone, and the institution knows
      take_back(sale, ReversalKind::kUndo);
      return;
    }
    if (lot == 13) {  // put back
      const RecordPtr cancel = take_back(sale, ReversalKind::kCancel);
      const SettlementReapplied event{
          sale.record, cancel->sequence, PersonId{sale.psn_no}, {leg_of(sale)}};
      journal_.add(sale.household, ReapplyCommand{event.patient, sale.record, cancel->sequence},
                   Events{event});
    }
    if (lot == 14) {  // cancelled, but not in the institution's books
      take_back(sale, ReversalKind::kCancel);
      expect(line, 2, "gone");
      return write(line);
    }
    count(sale);
    plant(lot, line);
  }

  // One line in so many differs.
  void plant(std::uint64_t lot, Line line) {
    switch (lot) {
      case 20: return expect(line, 1, "missing");
      case 21:
        expect(line, 3, "amount");
        line.total += Fen{1};
        break;
      case 22:
        expect(line, 3, "account");
        line.account -= Fen{1};
        break;
      case 23:
        expect(line, 3, "flag");
        line.flag = "1";
        break;
      case 24:
        expect(line, 3, "person");
        line.psn_no += "9";
        break;
      case 25:
        expect(line, 3, "visit");
        line.mdtrt_id += "9";
        break;
      case 26:
        write(line);
        expect(line, 2, "twice");
        break;
      default: break;
    }
    write(line);
  }

  // Settlements that never were.
  void invent(int number) {
    const Line line{
        make_setl_id(Sequence{900'000'000'000U + static_cast<unsigned>(number)}, start_of(kDay)),
        "M-INVENTED",
        person_of(7),
        Fen{1'200},
        Fen{0},
        Fen{1'200}};
    expect(line, 2, "unknown");
    write(line);
  }

  void count(const Sale& sale) {
    ++count_;
    total_ += sale.total;
    pooled_ += sale.pooled;
    account_ += sale.own;
  }
  void write(const Line& line) {
    details_ << line.setl_id << '\t' << line.mdtrt_id << '\t' << line.psn_no << '\t'
             << to_yuan_text(line.total) << '\t' << to_yuan_text(line.pooled) << '\t'
             << to_yuan_text(line.account) << '\t' << line.flag << '\n';
  }
  void expect(const Line& line, int stmt_rslt, const char* kind) {
    expected_ << line.setl_id << '\t' << stmt_rslt << '\t' << kind << '\n';
  }

  Journal& journal_;
  const std::uint64_t settlements_;
  std::ofstream& details_;
  std::ofstream& expected_;
  std::mt19937_64 random_{20261122};
  std::uint64_t count_ = 0;
  Fen total_;
  Fen pooled_;
  Fen account_;
};

}  // namespace
}  // namespace gongji

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr, "usage: day_maker DATA_DIR SETTLEMENTS DETAIL_FILE EXPECTED_FILE\n");
    return 2;
  }
  const std::uint64_t settlements = std::strtoull(argv[2], nullptr, 10);
  // Some are taken back, a few put back: a fiftieth more.
  const std::uint64_t records = gongji::kHouseholds + settlements + settlements / 50;
  gongji::Journal journal{argv[1], records};
  std::ofstream details{argv[3], std::ios::binary};
  std::ofstream expected{argv[4], std::ios::binary};
  gongji::Day{journal, settlements, details, expected}.make();
  return details && expected ? 0 : 1;
}
