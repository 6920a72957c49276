#include "gateway/reconciliation/compare_file.hpp"

#include <gtest/gtest.h>

#include "gateway/reconciliation/zip_archive.hpp"
#include "tests/gateway/reconciliation/day_story.hpp"

namespace gongji::gateway::reconciliation {
namespace {

using testing::DayStory;
using testing::kShopCode;
using testing::Sale;

constexpr const char* kPatient = "44010000000000000000000088";

// Comparing what the institution wrote with a story's day 0.
class CompareFile : public ::testing::Test {
 protected:
  void SetUp() override {
    for (int i = 0; i < 6; ++i) {
      sales_.push_back(story_.settle(0));
      story_.skip(3);
    }
  }
  // The file with every settlement, `change`d by its number; "" leaves a line out.
  std::string file(const std::function<std::string(std::size_t, std::string)>& change) const {
    std::string text;
    for (std::size_t i = 0; i < sales_.size(); ++i) {
      const std::string line = change(i, story_.detail_line(sales_[i]));
      if (!line.empty()) text += line + "\n";
    }
    return text;
  }
  std::string all() const {
    return file([](std::size_t, std::string line) { return line; });
  }
  std::optional<Result<ComparedFile, Refusal>> compare(std::string_view text) {
    const LedgerLines ledger = story_.ledger(0, 0, two_lines_);
    const FindRecord find = story_.find();
    return compare_file(text, {kShopCode, ledger, selection_, find, six_digits_}, limits_, stop_);
  }
  std::string result(std::string_view text) {
    const auto compared = compare(text);
    EXPECT_TRUE(compared && compared->ok());
    if (!compared || !*compared) return compared ? compared->error().detail : "stopped";
    differences_ = (*compared)->differences;
    return (*compared)->result;
  }
  std::string fault(std::string_view text) {
    const auto compared = compare(text);
    EXPECT_TRUE(compared && !compared->ok());
    return compared && !*compared ? compared->error().detail : "no fault";
  }

  DayStory story_;
  std::vector<Sequence> sales_;
  Selection selection_{"", "", "440100"};
  bool two_lines_ = false;
  bool six_digits_ = false;
  CompareLimits limits_;
  std::atomic<bool> stop_{false};
  DifferenceCounts differences_;
};

TEST_F(CompareFile, EqualBooksGiveAnEmptyResultAndReadNoRecord) {
  EXPECT_EQ(result(all()), "");
  EXPECT_EQ(differences_.sum(), 0U);
  EXPECT_EQ(story_.records_read(), 0);
}

// The example of the interface: a sale that the pharmacy forgot.
TEST_F(CompareFile, ALineTheFileLacksIsNamedWithItsMessage) {
  const std::string text = file([](std::size_t i, std::string line) { return i == 2 ? "" : line; });
  EXPECT_EQ(result(text), std::string{kPatient} + "\t" + story_.mdtrt_id(sales_[2]) + "\t" +
                              story_.setl_id(sales_[2]) + "\t" + DayStory::msgid(sales_[2]) +
                              "\t1\t0\t中心多\t86.50\t0.00\t66.50\n");
  EXPECT_EQ(differences_, (DifferenceCounts{.centre_more = 1}));
}

TEST_F(CompareFile, ALineTheLedgerLacksIsShownAsItStands) {
  EXPECT_EQ(
      result(all() + "S20261122000000009999\tM1\t" + kPatient + "\t12.00\t1.00\t3.00\t0\n"),
      std::string{kPatient} + "\tM1\tS20261122000000009999\t\t2\t0\t机构多\t12.00\t1.00\t3.00\n");
  EXPECT_EQ(differences_, (DifferenceCounts{.institution_more = 1}));
}

TEST_F(CompareFile, AmountsThatDifferAreShownFromBothSides) {
  const std::string text = file([](std::size_t i, std::string line) {
    return i == 1 ? line.replace(line.find("86.50"), 5, "85.50") : line;
  });
  EXPECT_EQ(result(text), std::string{kPatient} + "\t" + story_.mdtrt_id(sales_[1]) + "\t" +
                              story_.setl_id(sales_[1]) + "\t" + DayStory::msgid(sales_[1]) +
                              "\t3\t0\t医疗费总额 中心86.50 机构85.50\t86.50\t0.00\t66.50\n");
  EXPECT_EQ(differences_, (DifferenceCounts{.amounts_differ = 1}));
}

struct FieldCase {
  const char* name;
  std::function<std::string(std::string line)> change;
  const char* memo;
};
std::string replaced(std::string text, const std::string& what, const std::string& with) {
  return text.replace(text.find(what), what.size(), with);
}

TEST_F(CompareFile, FlagPersonAndVisitDiffer) {
  const FieldCase kRows[] = {
      {"flag", [](std::string line) { return line.replace(line.size() - 1, 1, "1"); },
       "退费标志 中心0 机构1"},
      {"person", [](std::string line) { return replaced(line, kPatient, "someone-else"); },
       "人员编号 中心44010000000000000000000088 机构someone-else"},
      {"visit", [](std::string line) { return replaced(line, "\tM20261122000000000042", "\tM7"); },
       "就诊ID 中心M20261122000000000042 机构M7"},
      {"person and amount",
       [](std::string line) { return replaced(replaced(line, kPatient, "x"), "0.00", "1.00"); },
       "基金支付 中心0.00 机构1.00；人员编号 中心44010000000000000000000088 机构x"},
  };
  for (const FieldCase& each : kRows) {
    const std::string text =
        file([&](std::size_t i, std::string line) { return i == 0 ? each.change(line) : line; });
    const std::string shown = result(text);
    EXPECT_NE(shown.find(std::string{"\t3\t0\t"} + each.memo + "\t"), std::string::npos)
        << each.name << ": " << shown;
    EXPECT_EQ(differences_.sum(), 1U) << each.name;
  }
}

TEST_F(CompareFile, AVisitIdThatWasSentIsTheOneExpected) {
  const Sequence sale = story_.settle(0, {.mdtrt_id = "V-OF-THE-HOSPITAL"});
  EXPECT_EQ(result(all() + story_.detail_line(sale)), "");
  const std::string ours = replaced(story_.detail_line(sale), "V-OF-THE-HOSPITAL",
                                    "M20261122" + story_.setl_id(sale).substr(9));
  EXPECT_NE(result(all() + ours).find("就诊ID"), std::string::npos);
}

TEST_F(CompareFile, ALineThatStandsTwiceIsTheInstitutionsOwn) {
  const std::string shown = result(all() + story_.detail_line(sales_[3]));
  EXPECT_NE(shown.find("\t2\t0\t重复，与第4行相同\t"), std::string::npos) << shown;
  EXPECT_NE(shown.find(DayStory::msgid(sales_[3])), std::string::npos);
}

TEST_F(CompareFile, WhatIsNoLineAnyMoreSaysWhatBecameOfIt) {
  story_.cancel(1, sales_[0]);
  story_.undo(1, sales_[1]);
  const Sequence elsewhere = story_.settle(1);
  const Sequence other_kind = story_.settle(0, {.infno = "2207"});
  selection_.clr_type = "41";
  const std::string shown =
      result(all() + story_.detail_line(elsewhere) + "\n" + story_.detail_line(other_kind) + "\n");
  EXPECT_NE(shown.find("中心已撤销"), std::string::npos) << shown;
  EXPECT_NE(shown.find("中心已冲正"), std::string::npos) << shown;
  EXPECT_NE(shown.find("不在本次对账范围，结算时间2026-11-23 10:00:00"), std::string::npos)
      << shown;
  EXPECT_NE(shown.find("不在本次对账范围，结算时间2026-11-22 10:00:00"), std::string::npos)
      << shown;
  EXPECT_EQ(differences_, (DifferenceCounts{.institution_more = 4}));
}

TEST_F(CompareFile, NobodyLearnsOfAnothersSettlement) {
  const Sequence theirs = story_.settle(0, {.institution = InstitutionCode{"P9"}});
  const std::string line = story_.detail_line(theirs);
  const std::string none = replaced(line, story_.setl_id(theirs), "S20261122000000009999");
  const auto without_id = [](const std::string& shown) {
    return shown.substr(0, shown.find('S')) + shown.substr(shown.find('S') + 21);
  };
  EXPECT_EQ(without_id(result(all() + line)), without_id(result(all() + none)));
}

TEST_F(CompareFile, AsTwoLinesACancelIsFoundByItsOwnIdOrItsSettlements) {
  two_lines_ = true;
  const Sequence cancel = story_.cancel(0, sales_[0]);
  std::string back = story_.detail_line(sales_[0], "001");
  EXPECT_EQ(result(all() + back), "");
  back = replaced(back, story_.setl_id(sales_[0]), story_.setl_id(cancel));
  EXPECT_EQ(result(all() + back), "");
  const std::string shown = result(all());
  EXPECT_EQ(shown, std::string{kPatient} + "\t" + story_.mdtrt_id(sales_[0]) + "\t" +
                       story_.setl_id(cancel) + "\t" + DayStory::msgid(cancel) +
                       "\t1\t1\t中心多\t-86.50\t0.00\t-66.50\n");
}

TEST_F(CompareFile, AsTwoLinesARecordThatRefundsInPartHasBoth) {
  two_lines_ = true;
  const Sale smaller{.total = Fen{5'000}, .own = Fen{1'000}, .family = Fen{500}};
  const Sequence refund = story_.refund_partly(0, sales_[0], smaller);
  std::string back = story_.detail_line(sales_[0], "1");
  back = replaced(back, story_.setl_id(sales_[0]), story_.setl_id(refund));
  EXPECT_EQ(result(all() + back + "\n" + story_.detail_line(refund)), "");
}

TEST_F(CompareFile, SixDigitsAreUsedForResultAndFlag) {
  six_digits_ = true;
  const std::string shown =
      result(file([](std::size_t i, std::string line) { return i == 2 ? "" : line; }));
  EXPECT_NE(shown.find("\t000101\t000\t中心多\t"), std::string::npos) << shown;
}

TEST_F(CompareFile, AFileIsTakenAsItsSenderMadeIt) {
  EXPECT_EQ(result(pack_text("20261122.txt", all(), {})), "");
  std::string windows = "\xEF\xBB\xBF";
  for (const char c : all()) windows += c == '\n' ? "\r\n" : std::string(1, c);
  EXPECT_EQ(result(windows + "\r\n"), "");
  EXPECT_EQ(result(file([](std::size_t, std::string line) {
              return replaced(line + "\tnull", "\t0\t", "\t000\t");
            })),
            "");
}

struct BadCase {
  const char* name;
  std::string line;
  const char* fault;
};

TEST_F(CompareFile, BadLinesAreNamedByTheirNumber) {
  const std::string head = "S20261122000000009999\tM1\tp\t";
  const BadCase kRows[] = {
      {"too few columns", "a\tb\tc", "第7行 应有7列，实有3列"},
      {"no id", "\tM1\tp\t1\t1\t1\t0", "第7行 setl_id 应为1到30个可见字符"},
      {"the word for nothing", "S1\tnull\tp\t1\t1\t1\t0", "第7行 mdtrt_id 应为1到30个可见字符"},
      {"a title", "setl_id\tmdtrt_id\tpsn_no\tmedfee\tfund\tacct\tflag",
       "第7行 medfee_sumamt 应为数字"},
      {"a third decimal", head + "1.005\t0\t0\t0", "第7行 medfee_sumamt"},
      {"no amount", head + "1\t\t0\t0", "第7行 fund_pay_sumamt"},
      {"a sign inside", head + "1\t0\t--1\t0", "第7行 acct_pay"},
      {"a flag of two", head + "1\t0\t0\t2", "第7行 refd_setl_flag 应为0或1，000或001"},
      {"an endless line", std::string(20'000, 'x'), "第7行 应有7列，实有1列"},
  };
  for (const BadCase& each : kRows) {
    const std::string said = fault(all() + each.line + "\n");
    EXPECT_EQ(said.find(std::string{"input.data.file_qury_no "} + each.fault), 0U)
        << each.name << ": " << said;
  }
  EXPECT_EQ(fault("x\n" + all() + "y\nz\nw\n"),
            "input.data.file_qury_no 第1行 应有7列，实有1列；第8行 应有7列，实有1列；第9行 "
            "应有7列，实有1列");
}

TEST_F(CompareFile, ABombIsRefusedByName) {
  limits_.text_bytes_max = std::uint64_t{1} << 20;
  const std::string bomb = pack_text("a.txt", std::string(std::size_t{2} << 20, '\n'), {});
  EXPECT_LT(bomb.size(), 16'384U);
  EXPECT_EQ(fault(bomb), "input.data.file_qury_no 解压后超过1MiB");
  EXPECT_EQ(fault(std::string((std::size_t{1} << 20) + 1, '\n')),
            "input.data.file_qury_no 解压后超过1MiB");
}

TEST_F(CompareFile, BrokenArchivesAreRefusedByName) {
  const std::string good = pack_text("a.txt", all(), {});
  EXPECT_EQ(fault(good.substr(0, good.size() / 2)), "input.data.file_qury_no 压缩包已损坏");
  EXPECT_EQ(fault("PK\x03\x04 and nothing"), "input.data.file_qury_no 压缩包已损坏");
  std::string many = good;
  many[good.rfind("PK\x05\x06") + 10] = 100;  // what the end record counts
  EXPECT_EQ(fault(many), "input.data.file_qury_no 压缩包内应只有一个文件");
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string damaged = good;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x55);
    (void)compare(damaged);  // whatever it says, it says it
  }
}

TEST_F(CompareFile, TooManyDifferencesAreNoResult) {
  limits_.differences_max = 5;
  EXPECT_EQ(fault("S20261122000000009999\tM1\tp\t1\t1\t1\t0\n"),
            "input.data.file_qury_no 差异超过5条，请核对日期、清算类别与文件");
}

TEST_F(CompareFile, StopsWhenItIsTold) {
  stop_ = true;
  EXPECT_FALSE(compare(all()));
}

TEST_F(CompareFile, AnUnreadableJournalIsNoDifference) {
  const LedgerLines ledger = story_.ledger(0, 0);
  const FindRecord broken = [](Sequence) -> Result<RecordPtr, StoreError> {
    return StoreError{"gone"};
  };
  const auto compared =
      compare_file("", {kShopCode, ledger, selection_, broken, false}, limits_, stop_);
  ASSERT_TRUE(compared && !compared->ok());
  EXPECT_EQ(compared->error().reason, Reason::kBusy);
}

}  // namespace
}  // namespace gongji::gateway::reconciliation
