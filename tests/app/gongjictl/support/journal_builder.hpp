// A journal for audit tests: records made by the domain itself, kept in a memory store, and a view
// of it that a test may tamper with.
#pragma once

#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <utility>

#include "domain/decide.hpp"
#include "domain/record.hpp"
#include "stores/memory/memory_store.hpp"

namespace gongji::ctl {

// Appends records as the gateway would write them; each method returns the record's sequence.
class JournalBuilder {
 public:
  JournalBuilder();

  // As a gateway with the project's own profiles decides it, refusals included, one second after
  // the last record.
  Sequence decide(std::uint64_t household, Command command);
  // Judged, as it is over several households, on all of them together, and refused.
  Sequence refuse_together(std::uint64_t household, const std::vector<std::uint64_t>& others,
                           Command command);
  void set_date(const char* date);  // "2027-07-02": the next record is of that day
  static const ProfileBook& policies();

  Sequence enrol(std::uint64_t household, const char* person, Scheme scheme, Fen carryover);
  // These persons leave; nobody named: all.
  void move(std::uint64_t from, std::uint64_t to, const std::vector<PersonId>& persons = {});
  Sequence depart(std::uint64_t from, std::uint64_t to, const std::vector<PersonId>& persons = {});
  Sequence arrive(std::uint64_t from, std::uint64_t to);
  Sequence form_network(std::uint64_t household, const char* organiser,
                        std::vector<const char*> members);
  Sequence settle_from_family(std::uint64_t household, const char* patient, const char* payer,
                              Fen bill);
  Sequence settle_from_own(std::uint64_t household, const char* patient, Fen bill, Fen own);
  Sequence cancel(std::uint64_t household, Sequence original);
  Sequence refuse(std::uint64_t household, const char* patient);
  Sequence tombstone();

  // Whatever somebody may have done; not decided by any rule.
  Sequence add(std::uint64_t household, Command command, Outcome outcome);

  [[nodiscard]] const JournalStore& journal() const { return *store_; }
  [[nodiscard]] const Household& state(std::uint64_t household) { return images_[household].state; }

 private:
  [[nodiscard]] Context context(const Command& command) const;

  std::unique_ptr<stores::MemoryStore> store_;
  std::map<std::uint64_t, HouseholdImage> images_;
  struct Departure {
    Household contents;
    Sequence sequence;
  };
  std::map<std::pair<std::uint64_t, std::uint64_t>, Departure> departures_;  // from, to
  ProfileRef profile_{"SH-2025", "hash"};
  std::uint64_t clock_ms_ = 1'795'000'000'000;  // 2026-11-18
};

// A family: organiser A with 1000.00, his child B, and C with an account of his own, who both moved
// in from households of their own. Fourteen records: 1 enrol A, 2 enrol B, 3 and 4 B moves in,
// 5 enrol C, 6 and 7 C moves in, 8 A's network, 9 settle B 100.00 family, 10 cancel of record 9,
// 11 settle C 60.00 own and 20.00 cash, 12 a refusal, 13 a tombstone of no household, 14 settle B
// 30.00 family.
JournalBuilder family_story();

// Two years of a Shanghai family, decided by the domain with the project's own profiles: organiser
// A, his mother B, credits, debits, contributions, a roll, a partial refund, a split, a closed
// account and a refund into suspense. What each record is, says the enumeration.
JournalBuilder year_story();
enum YearStory : std::uint64_t {
  kEnrolA = 1,
  kEnrolB,
  kMoveB,  // and its arrival
  kForm = 5,
  kCredit,
  kSettleB,    // 100.00 from A's account
  kPremiumB,   // 400.00 from A's account
  kDebit,      // 20.00
  kProductA,   // 129.00 of his own
  kInsurerNo,  // and back
  kSettleA,    // 40.00 of current-year money, 10.00 of carry-over
  kRoll,       // of the year 2027
  kCancelA,    // to carry-over
  kRefundB,    // 100.00 becomes 60.00
  kProductAgain,
  kInsurerYes,
  kReview,
  kUnbind,
  kSplitB,  // and its arrival
  kClose = 22,
  kReturnB,     // B moves back, and its arrival
  kUndoB = 25,  // 60.00 into suspense
  kYearStoryEnd = 25,
};
// A Shanxi family: authoriser F, beneficiary G of a special group, whose premium waits for the tax
// side, is ordered again and paid. Eight records: 1 enrol F, 2 enrol G, 3 and 4 G moves in, 5 bind,
// 6 order, 7 the tax side's answer, 8 the order that pays.
JournalBuilder tax_story();

// What a thief, a bug or a bad disk would make of a record; false drops it.
using Tamper = std::function<bool(JournalRecord& record)>;

// The first event of that kind, to be tampered with; there must be one.
template <class E>
E& event_in(JournalRecord& record) {
  for (Event& event : std::get<Events>(record.outcome))
    if (auto* found = std::get_if<E>(&event)) return *found;
  std::abort();
}

class TamperedJournal final : public JournalStore {
 public:
  TamperedJournal(const JournalStore& honest, Tamper tamper)
      : honest_(honest), tamper_(std::move(tamper)) {}

  Status<StoreError> append(Epoch, std::span<const RecordPtr>) override {
    return StoreError{"read only"};
  }
  Result<RecordPtr, StoreError> read(Sequence sequence) const override {
    return honest_.read(sequence);
  }
  Status<StoreError> scan(Sequence from,
                          const std::function<bool(const RecordPtr&)>& visit) const override;
  [[nodiscard]] JournalHead head() const override { return honest_.head(); }

 private:
  const JournalStore& honest_;
  Tamper tamper_;
};

}  // namespace gongji::ctl
