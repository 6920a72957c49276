// The books as they stood at any record: all households folded from the journal's start, and who
// lives in which. Needs about 1 KB a person. One thread.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "domain/record.hpp"
#include "domain/result.hpp"

namespace gongji::ctl {

class Books {
 public:
  // The next record of the journal. The error is a sentence: the record does not fit what came
  // before it, and nothing behind it can be trusted.
  Status<std::string> apply(const JournalRecord& record);

  // As of the last record applied; without persons when nothing is known of it.
  [[nodiscard]] const Household& household(HouseholdId id) const;
  [[nodiscard]] std::optional<HouseholdId> home_of(const PersonId& person) const;
  // Whether the contribution that `wanted` would pay stands paid in any household, or with somebody
  // who is on the way between two.
  [[nodiscard]] bool paid_anywhere(const ContributeCommand& wanted) const;

 private:
  void note_moves(const JournalRecord& record, const Events& events);

  std::unordered_map<HouseholdId, HouseholdImage> images_;
  std::unordered_map<PersonId, HouseholdId> homes_;
  // Of those who left and have not arrived, by the record of the departure.
  std::unordered_map<Sequence, std::vector<Contribution>> travelling_;
};

}  // namespace gongji::ctl
