#include "app/gongjictl/money_flow.hpp"

#include <gtest/gtest.h>

#include "domain/money_flow.hpp"
#include "tests/app/gongjictl/support/journal_builder.hpp"

namespace gongji::ctl {
namespace {

Events events_of(const JournalBuilder& story, std::uint64_t sequence) {
  return std::get<Events>((*story.journal().read(Sequence{sequence}))->outcome);
}

struct Row {
  std::uint64_t sequence;
  Fen MoneyFlow::*way;
  Fen amount;
};

TEST(MoneyFlow, knows_every_way_in_and_out_of_the_books) {
  const JournalBuilder story = year_story();
  const Row rows[] = {{kEnrolA, &MoneyFlow::enrolled, Fen{1300'00}},
                      {kCredit, &MoneyFlow::credited, Fen{50'00}},
                      {kSettleB, &MoneyFlow::taken, Fen{100'00}},
                      {kPremiumB, &MoneyFlow::contributed, Fen{400'00}},
                      {kDebit, &MoneyFlow::debited, Fen{20'00}},
                      {kInsurerNo, &MoneyFlow::handed_back, Fen{129'00}},
                      {kSettleA, &MoneyFlow::taken, Fen{50'00}},
                      {kRoll, &MoneyFlow::interest, Fen{1'00}},
                      {kCancelA, &MoneyFlow::returned, Fen{50'00}},
                      {kRefundB, &MoneyFlow::returned, Fen{100'00}},
                      {kRefundB, &MoneyFlow::taken, Fen{60'00}},
                      {kClose, &MoneyFlow::transferred_out, Fen{742'00}},
                      {kReturnB, &MoneyFlow::departed, Fen{0}},
                      {kUndoB, &MoneyFlow::returned, Fen{60'00}}};
  for (const Row& row : rows)
    EXPECT_EQ((money_flow(events_of(story, row.sequence)).*row.way).count(), row.amount.count())
        << "record " << row.sequence;
}

// Two computations of one figure, written apart.
TEST(MoneyFlow, agrees_with_the_domain) {
  for (const auto story : {family_story, year_story, tax_story}) {
    const JournalBuilder told = story();
    for (std::uint64_t at = 1; at <= told.journal().head().durable.number(); ++at) {
      const RecordPtr record = *told.journal().read(Sequence{at});
      const auto* events = std::get_if<Events>(&record->outcome);
      if (events != nullptr) {
        EXPECT_EQ(money_flow(*events).change(), net_change(*events)) << "record " << at;
      }
    }
  }
}

}  // namespace
}  // namespace gongji::ctl
