// A journal for audit tests: records made by the domain itself, kept in a memory store, and a view
// of it that a test may tamper with.
#pragma once

#include <functional>
#include <map>
#include <memory>

#include "domain/record.hpp"
#include "stores/memory/memory_store.hpp"

namespace gongji::ctl {

// Appends records as the gateway would write them; each method returns the record's sequence.
class JournalBuilder {
 public:
  JournalBuilder();

  Sequence enrol(std::uint64_t household, const char* person, Scheme scheme, Fen carryover);
  void move(std::uint64_t from, std::uint64_t to);
  Sequence depart(std::uint64_t from, std::uint64_t to);
  Sequence arrive(std::uint64_t from, std::uint64_t to);
  Sequence form_network(std::uint64_t household, const char* organiser,
                        std::vector<const char*> members);
  Sequence settle_from_family(std::uint64_t household, const char* patient, const char* payer,
                              Fen bill);
  Sequence settle_from_own(std::uint64_t household, const char* patient, Fen bill, Fen own);
  Sequence cancel(std::uint64_t household, Sequence original);
  Sequence refuse(std::uint64_t household, const char* patient);
  Sequence tombstone();

  [[nodiscard]] const JournalStore& journal() const { return *store_; }

 private:
  Sequence add(std::uint64_t household, Command command, Outcome outcome);

  std::unique_ptr<stores::MemoryStore> store_;
  std::map<std::uint64_t, HouseholdImage> images_;
  std::map<std::uint64_t, Household> departed_;
  std::uint64_t clock_ms_ = 1'795'000'000'000;
};

// A family: organiser A with 1000.00, his child B, and C with an account of his own, who both moved
// in from households of their own. Fourteen records:
//   1 enrol A   3, 4 B moves in   6, 7 C moves in    9 settle B: 100.00 family  11 settle C: 60.00
//   own, 20.00 cash 2 enrol B   5 enrol C         8 A's network      10 cancel of record 9      12
//   a refusal 13 a tombstone, of no household   14 settle B: 30.00 family
JournalBuilder family_story();

// What a thief, a bug or a bad disk would make of a record; false drops it.
using Tamper = std::function<bool(JournalRecord& record)>;

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
