#include "app/gongjictl/day_scan.hpp"

#include <gtest/gtest.h>

#include "app/gongjictl/reconcile_text.hpp"
#include "stores/memory/memory_store.hpp"
#include "tests/stores/support/history.hpp"

namespace gongji::ctl {
namespace {

using stores::testing::History;

constexpr HouseholdId kWang{1};

class DayScanTest : public ::testing::Test {
 protected:
  DayScanTest() {
    store_ = stores::open_memory_store(std::make_shared<stores::MemoryDisk>()).value();
    history_.next_epoch(store_->head().epoch);
    write(history_.enrol(kWang, "wang", Fen{1'000'000}));
  }
  RecordPtr write(const RecordPtr& record) {
    EXPECT_TRUE(store_->append(store_->head().epoch, {&record, 1}).ok());
    return record;
  }
  RecordPtr sell(const char* institution, Fen amount) {
    return write(history_.sell(kWang, "wang", institution, amount));
  }
  [[nodiscard]] DayScan scanned(CivilDate date) {
    auto scan = scan_day(*store_, date, [this](std::uint64_t done, std::uint64_t all) {
      done_ = done;
      all_ = all;
    });
    EXPECT_TRUE(scan.ok()) << scan.error().message;
    return std::move(scan).value();
  }

  std::unique_ptr<stores::PairedStore> store_;
  History history_{Epoch{1}};
  std::uint64_t done_ = 0;
  std::uint64_t all_ = 0;
};

TEST_F(DayScanTest, ADayHoldsItsSettlementsAndWhatBecameOfThemLater) {
  sell("P1", Fen{100});
  history_.next_day();
  const RecordPtr sale = sell("P1", Fen{200});
  sell("P2", Fen{300});
  history_.next_day();
  const RecordPtr cancel = write(history_.take_back(sale, ReversalKind::kCancel));
  const DayScan scan = scanned(civil_date(sale->at));
  EXPECT_EQ(scan.institutions(), (std::vector{InstitutionCode{"P1"}, InstitutionCode{"P2"}}));
  const InstitutionDay day = scan.day_of(InstitutionCode{"P1"});
  ASSERT_EQ(day.postings.entries.size(), 1U);
  EXPECT_EQ(day.postings.entries[0].total, Fen{200});
  ASSERT_EQ(day.fates.size(), 1U);
  EXPECT_EQ(day.fates[0].record, cancel->sequence);
  EXPECT_TRUE(scan.day_of(InstitutionCode{"P3"}).postings.entries.empty());
  EXPECT_EQ(done_, all_);
  EXPECT_LT(all_, 5U) << "what lies before the day is not read";
}

TEST_F(DayScanTest, ADayWithoutRecordsIsEmpty) {
  sell("P1", Fen{100});
  const CivilDate later{std::chrono::year{2030} / 1 / 1};
  EXPECT_TRUE(scanned(later).institutions().empty());
}

TEST_F(DayScanTest, TotalsAreShownForPeopleAndPrograms) {
  gateway::reconciliation::GroupTotals group{
      "310", "41", "440100", {1'234, Fen{123'456}, Fen{0}, Fen{5'000}}};
  const std::vector<InstitutionTotals> totals{{InstitutionCode{"P1"}, {group}}};
  const std::string text = totals_text(totals);
  EXPECT_NE(text.find("1,234"), std::string::npos) << text;
  EXPECT_NE(text.find("1234.56"), std::string::npos) << text;
  EXPECT_EQ(
      totals_json(CivilDate{std::chrono::year{2026} / 11 / 22}, totals),
      "{\"day\":\"2026-11-22\",\"totals\":[{\"fixmedins_code\":\"P1\",\"insutype\":\"310\","
      "\"clr_type\":\"41\",\"setl_optins\":\"440100\",\"count\":1234,"
      "\"medfee_sumamt\":\"1234.56\",\"fund_pay_sumamt\":\"0.00\",\"acct_pay\":\"50.00\"}]}\n");
}

}  // namespace
}  // namespace gongji::ctl
