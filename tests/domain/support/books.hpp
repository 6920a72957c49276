// Households and their journal in memory, without actors, disk or clock: every command is decided
// in its household, journaled and folded, as the gateway does it. Households that are to share a
// network are merged first, in the two journaled steps.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "domain/decide.hpp"

namespace gongji::test {

class Books {
 public:
  using Evolve = std::function<Household(Household, const Event&)>;
  using Observer =
      std::function<void(const Household& before, const JournalRecord&, const Household& after)>;

  // `profiles` must outlive the books. Without `evolve` the journal is folded as a restart would
  // fold it; with one, that function makes the states instead (to plant a fault).
  explicit Books(const ProfileBook& profiles, Evolve evolve = {});

  void observe(Observer observer) { observer_ = std::move(observer); }

  const JournalRecord& run(const Command& command, Instant at);
  const JournalRecord& run_in(HouseholdId household, const Command& command, Instant at);
  [[nodiscard]] Result<Settled, Refusal> quote(const SettleCommand& command, Instant at) const;
  // Merges the household of `joining` into the one of `host`; nothing when they are one already.
  void unite(const PersonId& host, const PersonId& joining, Instant at);

  [[nodiscard]] bool knows(const PersonId& id) const;
  [[nodiscard]] const Household& home_of(const PersonId& id) const;
  [[nodiscard]] const Person& person(const PersonId& id) const;
  [[nodiscard]] const std::vector<RecordPtr>& journal() const { return journal_; }
  [[nodiscard]] const JournalRecord& record(Sequence sequence) const;
  [[nodiscard]] const std::map<HouseholdId, HouseholdImage>& households() const {
    return households_;
  }
  [[nodiscard]] const ProfileBook& profiles() const { return profiles_; }

 private:
  HouseholdId household_for(const Command& command, Instant at);
  RecordPtr original_of(const Command& command) const;
  JournalRecord next_record(const HouseholdImage& image, const Command& command, Instant at) const;
  void apply(const JournalRecord& record);

  const ProfileBook& profiles_;
  Evolve evolve_;
  Observer observer_;
  std::map<HouseholdId, HouseholdImage> households_;
  std::vector<RecordPtr> journal_;
};

}  // namespace gongji::test
