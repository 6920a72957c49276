#include "monitoring/ledger_accounts.hpp"

#include <gtest/gtest.h>

#include "tests/app/gongjictl/support/journal_builder.hpp"

namespace gongji::monitoring {
namespace {

using ctl::event_in;
using ctl::Tamper;
using ctl::TamperedJournal;

Fen off_in(const JournalStore& journal, LedgerPart part = {}) {
  LedgerAccounts accounts{part};
  Fen off;
  const auto read = journal.scan(Sequence{1}, [&](const RecordPtr& record) {
    off += accounts.post(*record);
    return true;
  });
  EXPECT_TRUE(read.ok());
  return off;
}

Tamper at(std::uint64_t sequence, std::function<void(JournalRecord&)> change) {
  return [sequence, change = std::move(change)](JournalRecord& record) {
    if (record.sequence.number() == sequence) change(record);
    return true;
  };
}

TEST(LedgerAccounts, honest_journals_hold_with_every_kind_of_event) {
  EXPECT_EQ(off_in(ctl::family_story().journal()), Fen{0});
  EXPECT_EQ(off_in(ctl::year_story().journal()), Fen{0});
  EXPECT_EQ(off_in(ctl::tax_story().journal()), Fen{0});
}

TEST(LedgerAccounts, every_part_of_a_large_store_holds_by_itself) {
  const auto story = ctl::year_story();
  std::size_t accounts = 0;
  for (std::uint64_t part = 0; part < 3; ++part) {
    LedgerAccounts some{LedgerPart{part, 3}};
    Fen off;
    (void)story.journal().scan(Sequence{1}, [&](const RecordPtr& record) {
      off += some.post(*record);
      return true;
    });
    EXPECT_EQ(off, Fen{0});
    accounts += some.size();
  }
  EXPECT_EQ(accounts, 2U);
}

TEST(LedgerAccounts, one_fen_anywhere_is_seen_and_seen_once) {
  const auto story = ctl::year_story();
  const std::pair<const char*, Tamper> faults[] = {
      {"a balance claimed too high",
       at(ctl::kSettleB, [](auto& record) { record.balances[0].carryover += Fen{1}; })},
      {"a leg that moved more than the balance lost",
       at(ctl::kSettleB, [](auto& record) { event_in<Settled>(record).bill += Fen{1}; })},
      {"interest nobody was given",
       at(ctl::kRoll, [](auto& record) { event_in<YearRolled>(record).interest += Fen{1}; })},
      {"a credit of another amount",
       at(ctl::kCredit, [](auto& record) { event_in<AccountCredited>(record).amount -= Fen{1}; })},
      {"money lost on the way to another household",
       at(ctl::kSplitB + 1,
          [](auto& record) {
            event_in<ContentsArrived>(record).contents.persons[0].carryover -= Fen{1};
          })},
  };
  for (const auto& [what, fault] : faults) {
    const TamperedJournal tampered{story.journal(), fault};
    const Fen off = off_in(tampered);
    EXPECT_GE(off, Fen{1}) << what;
    EXPECT_LE(off, Fen{2}) << what << ": once where it is claimed, once where it is right again";
  }
}

TEST(LedgerAccounts, a_settlement_that_was_left_out_is_seen) {
  const auto story = ctl::family_story();
  const TamperedJournal tampered{
      story.journal(), [](const JournalRecord& record) { return record.sequence.number() != 11; }};
  EXPECT_EQ(off_in(tampered), Fen{0}) << "C's account is not spoken of again: nothing to compare";
  const TamperedJournal earlier{
      story.journal(), [](const JournalRecord& record) { return record.sequence.number() != 10; }};
  EXPECT_EQ(off_in(earlier), Fen{100'00}) << "record 14 claims what the cancel gave back";
}

}  // namespace
}  // namespace gongji::monitoring
