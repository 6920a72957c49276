// The words of a story that describe a bill.
#pragma once

#include "domain/command.hpp"
#include "tests/domain/support/story_reader.hpp"

namespace gongji::test {

struct StoryBill {
  std::string label;
  SettleCommand command;
};

// NAME AMOUNT [as LABEL], where AMOUNT is what the patient bears of the whole bill, then: pooled A
// (paid by the pooled fund, on top) · taken A (current-year money the core took out of AMOUNT) ·
// own-pay A CODE (a full-own-pay line within AMOUNT) · pharmacy · in AREA (place of care) ·
// undesignated · no-family · no-account · id-of NAME | card-of NAME (the certificate shown)
StoryBill read_bill(Words& words, const std::string& area);

// Of what the patient bears, all that neither an account nor the core's step paid.
Fen all_cash(const BillParts& parts, const Split& split);

}  // namespace gongji::test
