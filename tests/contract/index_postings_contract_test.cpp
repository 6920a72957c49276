// What every PostingIndex must do (ports/posting_index.hpp).
#include <thread>

#include "tests/contract/store_contract.hpp"

namespace gongji::stores::testing {
namespace {

constexpr const char* kShop = "P44010600123";
constexpr const char* kOther = "P44010600124";

class PostingsContract : public StoreContract {
 protected:
  void SetUp() override {
    StoreContract::SetUp();
    write({history_.enrol(kWang, "wang", Fen{1'000'000})});
  }
  RecordPtr sell(Fen amount, const char* institution = kShop) {
    const RecordPtr sale = history_.sell(kWang, "wang", institution, amount);
    write({sale});
    return sale;
  }
  RecordPtr take_back(const RecordPtr& sale, ReversalKind kind) {
    const RecordPtr record = history_.take_back(sale, kind);
    write({record});
    return record;
  }
  static PostingList day_of(const RecordPtr& record, const char* institution = kShop) {
    return {PostingList::Kind::kDay, day_bucket(record->at), InstitutionCode{institution}};
  }
  static PostingList fate_of(const RecordPtr& sale, const char* institution = kShop) {
    return {PostingList::Kind::kFate, fate_bucket(sale->sequence), InstitutionCode{institution}};
  }
  // "<record> settled 3.00" or "<record> cancelled <original>", each.
  [[nodiscard]] std::vector<std::string> told(const PostingList& list) const {
    static constexpr const char* kWords[] = {"?", "settled", "cancelled", "undone", "reapplied"};
    const auto found = store_->postings(list);
    EXPECT_TRUE(found.ok()) << found.error().message;
    std::vector<std::string> lines;
    if (!found) return lines;
    for (const Posting& each : found->entries) {
      const bool settled = each.kind == PostingKind::kSettled;
      lines.push_back(
          std::to_string(each.record.number()) + " " + kWords[static_cast<int>(each.kind)] + " " +
          (settled ? to_yuan_text(each.total) : std::to_string(each.original.number())));
    }
    return lines;
  }
};

using Lines = std::vector<std::string>;

INSTANTIATE_TEST_SUITE_P(Stores, PostingsContract, ::testing::ValuesIn(places()), name_of);

TEST_P(PostingsContract, AListNobodyPostedToIsEmpty) {
  const PostingList list{PostingList::Kind::kDay, 20'000, InstitutionCode{kShop}};
  EXPECT_TRUE(told(list).empty());
}

TEST_P(PostingsContract, ADayHoldsWhatItsInstitutionSettledInOrder) {
  const RecordPtr first = sell(Fen{300});
  sell(Fen{400}, kOther);
  sell(Fen{500});
  EXPECT_EQ(told(day_of(first)), (Lines{"2 settled 3.00", "4 settled 5.00"}));
  EXPECT_EQ(told(day_of(first, kOther)), Lines{"3 settled 4.00"});
}

TEST_P(PostingsContract, APostingHasEverythingThatIsCounted) {
  const RecordPtr sale = sell(Fen{12'345});
  const Postings found = *store_->postings(day_of(sale));
  ASSERT_EQ(found.entries.size(), 1U);
  RecordPosting expected = *postings_of(*sale).settled;
  EXPECT_EQ(found.entries[0], expected.posting);
  const PostingGroup group{Scheme::kEmployee, Clearing::kPharmacy, "440100", "SH-2025"};
  ASSERT_EQ(found.groups.size(), 1U);
  EXPECT_EQ(found.groups[0], group);
}

TEST_P(PostingsContract, WhatTakesASettlementBackIsToldOnItsDayAndWhereTheSettlementLies) {
  const RecordPtr sale = sell(Fen{300});
  history_.next_day();
  const RecordPtr cancel = take_back(sale, ReversalKind::kCancel);
  const RecordPtr again = history_.reapply(sale, cancel->sequence);
  write({again});
  take_back(sale, ReversalKind::kUndo);
  const Lines fates{"3 cancelled 2", "4 reapplied 2", "5 undone 2"};
  EXPECT_EQ(told(day_of(sale)), Lines{"2 settled 3.00"});
  EXPECT_EQ(told(day_of(cancel)), fates);
  EXPECT_EQ(told(fate_of(sale)), fates);
  EXPECT_TRUE(told(fate_of(sale, kOther)).empty());
}

TEST_P(PostingsContract, RefusedOrStrangeRecordsPostNothing) {
  const RecordPtr sale = sell(Fen{300});
  write({history_.refuse(kWang), history_.tombstone(), history_.order(kWang, "wang")});
  EXPECT_EQ(told(day_of(sale)).size(), 1U);
}

TEST_P(PostingsContract, AllAreFoundAfterReopeningAndAfterLosingTheIndex) {
  const RecordPtr sale = sell(Fen{300});
  for (int i = 1; i < 20; ++i) sell(Fen{i});
  take_back(sale, ReversalKind::kCancel);
  const Lines before = told(day_of(sale));
  EXPECT_EQ(before.size(), 21U);
  reopen();
  EXPECT_EQ(told(day_of(sale)), before);
  close();
  place_->lose_index();
  reopen();
  EXPECT_EQ(told(day_of(sale)), before);
  EXPECT_EQ(told(fate_of(sale)), Lines{"22 cancelled 2"});
  sell(Fen{7});
  EXPECT_EQ(told(day_of(sale)).size(), 22U);
}

TEST_P(PostingsContract, NothingIsMissedOrTwiceWhileTheyAreWrittenOut) {
  const RecordPtr sale = sell(Fen{300});
  std::atomic<bool> stop{false};
  std::atomic<int> failures{0};
  std::thread reader{[&] {
    std::size_t least = 0;
    while (!stop) {
      const auto found = store_->postings(day_of(sale));
      if (!found || found->entries.size() < least) ++failures;
      if (!found) continue;
      least = found->entries.size();
      Sequence last;
      for (const Posting& each : found->entries) {
        if (each.record <= last) ++failures;
        last = each.record;
      }
    }
  }};
  for (int i = 1; i <= 300; ++i) sell(Fen{i});
  stop = true;
  reader.join();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(told(day_of(sale)).size(), 301U);
}

}  // namespace
}  // namespace gongji::stores::testing
