// What the product answered to one step, in the words of the rule tables.
#pragma once

#include <string>
#include <vector>

#include "domain/record.hpp"

namespace gongji::test {

struct StoryAnswer {
  std::vector<std::string> said;   // must be expected word for word: 50.00 80.00 170.00 E_FLOOR
  std::vector<std::string> facts;  // may be expected: relief=no deductible=unset next=WALLET

  [[nodiscard]] std::string text() const;
  // "" when it is what `expected` says, else a sentence with both.
  [[nodiscard]] std::string differs_from(const std::vector<std::string>& expected) const;
};

// A settlement or quote as it stands; `all_cash` includes what lies outside the bill.
StoryAnswer answer_of(const Settled& settled, Fen all_cash);
StoryAnswer answer_of(const SettlementReversed& reversed);
StoryAnswer answer_of(const Refusal& refusal);
// "ok", or what was found instead.
StoryAnswer compare(const std::string& expected, const std::string& actual);
// "ok", or "nothing" when the command was applied and moved nothing.
StoryAnswer done_answer(const JournalRecord& record);

}  // namespace gongji::test
