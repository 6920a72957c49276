// 3201, 9101, 3202 and 9102 as messages: the example of the interface, and the tolerances.
#include <gtest/gtest.h>

#include "gateway/reconciliation/zip_archive.hpp"
#include "tests/gateway/reconciliation/day_story.hpp"
#include "tests/gateway/wire/desk_bench.hpp"

namespace gongji::gateway::testing {
namespace {

namespace recon = reconciliation;

class StoryBook final : public DayBook {
 public:
  explicit StoryBook(const DayStory& story) : story_(story) {}
  Result<InstitutionDay, StoreError> read(const InstitutionCode& institution,
                                          CivilDate date) const override {
    if (broken) return StoreError{"gone"};
    if (institution != kShopCode) return InstitutionDay{date, {}, {}};
    const auto days = std::chrono::sys_days{date} - std::chrono::sys_days{DayStory::date(0)};
    return story_.day(static_cast<int>(days.count()));
  }
  Result<RecordPtr, StoreError> find(Sequence sequence) const override {
    return story_.find()(sequence);
  }
  bool broken = false;

 private:
  const DayStory& story_;
};

class Reconciliation : public ::testing::Test {
 protected:
  void SetUp() override {
    bench_.clock.at = start_of(DayStory::date(1)) + std::chrono::hours{1};
    for (int i = 0; i < 3; ++i) sales_.push_back(story_.settle(0));
  }
  void ask(std::string_view infno, std::string_view input,
           std::string_view institution = kPharmacy) {
    bench_.ask(infno, input, institution);
  }
  [[nodiscard]] std::string answered(std::string_view name) const {
    return field(bench_.body(), name);
  }
  static std::string stated(const std::string& more) {
    return R"({"data":{"insutype":"310","clr_type":"41","setl_optins":"440100",)"
           R"("stmt_begndate":"2026-11-22","stmt_enddate":"2026-11-22",)" +
           more + "}}";
  }
  static std::string balanced() {
    return stated(R"("medfee_sumamt":259.50,"fund_pay_sumamt":0.00,"acct_pay":199.50,)"
                  R"("fixmedins_setl_cnt":3,"refd_setl_flag":"0")");
  }
  static std::string upload_of(std::string_view bytes, const std::string& more = "") {
    std::string numbers;
    for (const char byte : bytes)
      numbers += (numbers.empty() ? "" : ",") + std::to_string(static_cast<unsigned char>(byte));
    return R"({"fsUploadIn":{"in":[)" + numbers + R"(],"filename":"P44010600123_20261122.zip")" +
           more + "}}";
  }
  std::string uploaded(const std::string& text) {
    ask("9101", upload_of(recon::pack_text("20261122.txt", text, {})));
    return answered("file_qury_no");
  }
  static std::string compared(const std::string& file) {
    return R"({"data":{"setl_optins":"440100","clr_type":"41","file_qury_no":")" + file +
           R"(","stmt_begndate":"2026-11-22","stmt_enddate":"2026-11-22","medfee_sumamt":15820.40,)"
           R"("fund_pay_sumamt":0.00,"cash_payamt":3776.30,"fixmedins_setl_cnt":213}})";
  }
  std::string downloaded(const std::string& file) {
    ask("9102", R"({"fsDownloadIn":{"file_qury_no":")" + file +
                    R"(","filename":"x","fixmedins_code":"P44010600123"}})");
    return bench_.answer().body;
  }
  static std::string unpacked(std::string_view zip) {
    std::string text;
    EXPECT_TRUE(recon::unpack_text(zip, 1 << 20, [&text](std::string_view piece) {
                  text += piece;
                  return true;
                }).ok());
    return text;
  }

  DayStory story_;
  std::vector<Sequence> sales_;
  StoryBook book_{story_};
  DeskBench bench_{book_};
};

TEST_F(Reconciliation, TotalsThatAgreeAreBalanced) {
  ask("3201", balanced());
  EXPECT_EQ(answered("infcode"), "0");
  EXPECT_EQ(answered("setl_optins"), "440100");
  EXPECT_EQ(answered("stmt_rslt"), "0");
  EXPECT_EQ(answered("stmt_rslt_dscr"), "平: 3 笔 259.50");
}

struct StatedCase {
  const char* stated;
  const char* result;
  const char* description;
};

TEST_F(Reconciliation, TotalsThatDoNotAgreeSayWhoHasMore) {
  const StatedCase kRows[] = {
      {R"("medfee_sumamt":"173","fund_pay_sumamt":"0","acct_pay":"133.0","fixmedins_setl_cnt":"2")",
       "1", "中心多: 3 笔 259.50, 机构 2 笔 173.00"},
      {R"("medfee_sumamt":346,"fund_pay_sumamt":"","acct_pay":0,"fixmedins_setl_cnt":4,)"
       R"("fund_pay_sumamt":0)",
       "2", "机构多: 4 笔 346.00, 中心 3 笔 259.50"},
      {R"("medfee_sumamt":259.50,"fund_pay_sumamt":0,"acct_pay":199.51,"fixmedins_setl_cnt":3)",
       "3", "数据不符: 中心 3 笔 259.50/0.00/199.50, 机构 3 笔 259.50/0.00/199.51"},
      {R"("medfee_sumamt":-259.50,"fund_pay_sumamt":0,"acct_pay":-1,"fixmedins_setl_cnt":3)", "3",
       "数据不符: 中心 3 笔 259.50/0.00/199.50, 机构 3 笔 -259.50/0.00/-1.00"},
  };
  for (const StatedCase& each : kRows) {
    ask("3201", stated(each.stated));
    EXPECT_EQ(answered("stmt_rslt"), each.result) << bench_.body();
    EXPECT_EQ(answered("stmt_rslt_dscr"), each.description);
  }
}

TEST_F(Reconciliation, OtherNamesAndWidthsAreTaken) {
  ask("3201", R"({"data":{"insutype":"310","clr_type":"41","clr_optins":"440100",)"
              R"("stmt_begndate":"2026-11-22 00:00:00","stmt_enddate":"2026-11-22",)"
              R"("medfee_sumamt":259.5,"fund_pay_sumamt":0,"cash_payamt":199.5,)"
              R"("fixmedins_setl_cnt":3,"REFD_SETL_FLAG":"000"}})");
  EXPECT_EQ(answered("stmt_rslt"), "0") << bench_.body();
  std::string text = balanced();
  text = "\"" + std::string{} + [&text] {
    std::string escaped;
    for (const char c : text) escaped += c == '"' ? "\\\"" : std::string(1, c);
    return escaped;
  }() + "\"";
  ask("3201", text);
  EXPECT_EQ(answered("stmt_rslt"), "0") << bench_.body();
}

TEST_F(Reconciliation, TotalsOfSeveralDaysAreAddedUp) {
  story_.settle(1);
  std::string two_days = stated(R"("medfee_sumamt":346,"fund_pay_sumamt":0,"acct_pay":266,)"
                                R"("fixmedins_setl_cnt":4)");
  two_days.replace(two_days.find("\"stmt_enddate\":\"2026-11-22"), 26,
                   "\"stmt_enddate\":\"2026-11-23");
  ask("3201", two_days);
  EXPECT_EQ(answered("stmt_rslt"), "0") << bench_.body();
}

struct WrongCase {
  const char* what;
  const char* with;
  const char* fault;
};

TEST_F(Reconciliation, WhatIsWrongIsSaidByName) {
  const WrongCase kRows[] = {
      {R"("insutype":"310")", R"("insutype":"")", "input.data.insutype 不能为空"},
      {R"("setl_optins":"440100")", R"("setl_optins":null)", "input.data.setl_optins 不能为空"},
      {R"("2026-11-22")", R"("2026-02-30")", "input.data.stmt_begndate 应为yyyy-MM-dd"},
      {R"("stmt_enddate":"2026-11-22")", R"("stmt_enddate":"2026-11-21")",
       "input.data.stmt_enddate 应在"},
      {R"("stmt_enddate":"2026-11-22")", R"("stmt_enddate":"2026-12-23")",
       "input.data.stmt_enddate 应在"},
      {R"("acct_pay":199.50)", R"("acct_pay":"")", "input.data.acct_pay 不能为空"},
      {R"("acct_pay":199.50)", R"("acct_pay":1.005)", "input.data.acct_pay"},
      {R"("fixmedins_setl_cnt":3)", R"("fixmedins_setl_cnt":"3.0")",
       "input.data.fixmedins_setl_cnt 应为整数"},
      {R"("fixmedins_setl_cnt":3)", R"("fixmedins_setl_cnt":-3)",
       "input.data.fixmedins_setl_cnt 应为整数"},
      {R"("refd_setl_flag":"0")", R"("refd_setl_flag":"2")", "input.data.refd_setl_flag"},
  };
  for (const WrongCase& each : kRows) {
    std::string input = balanced();
    const std::size_t at = input.find(each.what);
    ASSERT_NE(at, std::string::npos) << each.what;
    input.replace(at, std::string_view{each.what}.size(), each.with);
    ask("3201", input);
    EXPECT_NE(answered("err_msg").find(each.fault), std::string::npos) << bench_.body();
    EXPECT_TRUE(answered("err_msg").starts_with("E_FIELD"));
  }
}

// The story of the interface's example: upload, comparison, download.
TEST_F(Reconciliation, AForgottenSaleIsFoundAndNamedInTheResultFile) {
  const std::string file =
      uploaded(story_.detail_line(sales_[0]) + "\n" + story_.detail_line(sales_[2]) + "\n");
  EXPECT_EQ(file, "FQ2026112300000000000000000001");
  EXPECT_EQ(answered("filename"), "P44010600123_20261122.zip");
  EXPECT_EQ(answered("fixmedins_code"), kPharmacy);
  EXPECT_EQ(answered("dld_endtime"), "2026-11-30 00:00:00");
  ask("3202", compared(file));
  EXPECT_EQ(answered("infcode"), "0") << bench_.body();
  EXPECT_EQ(answered("filename"), "3202_P44010600123_20261122.zip");
  EXPECT_EQ(answered("dld_endtime"), "2026-11-30 00:00:00");
  const std::string zip = downloaded(answered("file_qury_no"));
  EXPECT_EQ(bench_.answer().content_type, "application/octet-stream");
  EXPECT_EQ(bench_.answer().http_status, 200U);
  EXPECT_EQ(unpacked(zip), std::string{kPatient} + "\t" + story_.mdtrt_id(sales_[1]) + "\t" +
                               story_.setl_id(sales_[1]) + "\t" + DayStory::msgid(sales_[1]) +
                               "\t1\t0\t中心多\t86.50\t0.00\t66.50\n");
}

TEST_F(Reconciliation, WhatWasAddedUpComparedAndFoundIsCounted) {
  ask("3202", compared("FQ" + std::string(28, '9')));  // comes to no result
  EXPECT_EQ(bench_.desk.figures().comparisons, 0U);
  ask("3202", compared(uploaded(story_.detail_line(sales_[0]) + "\n")));
  const recon::DeskFigures figures = bench_.desk.figures();
  EXPECT_EQ(figures.comparisons, 1U);
  EXPECT_GT(figures.comparison_seconds, 0);
  EXPECT_EQ(figures.differences, (recon::DifferenceCounts{2, 0, 0, 0}));
  EXPECT_EQ(figures.totals, 0U);
}

TEST_F(Reconciliation, OverTcpADownloadIsText) {
  const std::string file = uploaded(story_.detail_line(sales_[0]) + "\n");
  bench_.frame(message("9001", kPharmacy, R"({"signIn":{"opter_no":"1","mac":"0","ip":"0"}})"));
  bench_.ask_over_tcp("9102", R"({"fsDownloadIn":{"file_qury_no":")" + file + R"("}})");
  EXPECT_EQ(answered("file_qury_no"), file);
  EXPECT_TRUE(answered("out").starts_with("UEsDB")) << "base64 of PK";
}

TEST_F(Reconciliation, AnothersFileIsAsUnknownAsNone) {
  const std::string file = uploaded("x");
  for (const std::string& number : {file, std::string{"FQ2026112300000000000000000099"}}) {
    ask("9102", R"({"fsDownloadIn":{"file_qury_no":")" + number + R"("}})", kHospital);
    EXPECT_TRUE(answered("err_msg").starts_with("E_NO_FILE")) << bench_.body();
    ask("3202", compared(number), kHospital);
    EXPECT_TRUE(answered("err_msg").starts_with("E_NO_FILE")) << bench_.body();
  }
}

TEST_F(Reconciliation, AFileOfAnotherInstitutionIsNotTaken) {
  ask("9101", upload_of("x", R"(,"fixmedins_code":"H44010600456")"));
  EXPECT_TRUE(answered("err_msg").starts_with("E_FORBIDDEN")) << bench_.body();
}

TEST_F(Reconciliation, AnUploadThatIsNoFileIsRefused) {
  for (const char* in : {"[]", "[256]", "[-129]", "[1.5]", "[\"a\"]", "\"UEs=\"", "null", "{}"}) {
    ask("9101", R"({"fsUploadIn":{"in":)" + std::string{in} + R"(,"filename":"a.zip"}})");
    EXPECT_NE(answered("err_msg").find("input.fsUploadIn.in"), std::string::npos)
        << in << bench_.body();
  }
}

TEST_F(Reconciliation, ALongUploadArrivesInPieces) {
  const std::string text = story_.detail_line(sales_[0]) + "\n";
  const std::string whole =
      message("9101", kPharmacy, upload_of(recon::pack_text("a.txt", text, {})));
  HttpRequest head;
  head.target = "/fsi/api";
  head.caller = bench_.caller;
  const auto sink = bench_.wire.begin_upload(head);
  ASSERT_NE(sink, nullptr);
  for (std::size_t at = 0; at < whole.size(); at += 100)
    ASSERT_TRUE(sink->take(std::string_view{whole}.substr(at, 100)));
  const std::size_t before = bench_.loop.answers.size();
  sink->finish(head, std::make_unique<FakeSlot>(bench_.loop));
  bench_.wait_for_answer(before);
  const std::string file = answered("file_qury_no");
  EXPECT_EQ(unpacked(downloaded(file)), text);
}

TEST_F(Reconciliation, OnlyAnUploadMayBeLong) {
  const std::string whole = message("2102", kPharmacy, R"({"in":[1,2]})");
  HttpRequest head;
  head.target = "/fsi/api/9101";  // so says the path, but the message decides
  head.caller = bench_.caller;
  const auto sink = bench_.wire.begin_upload(head);
  ASSERT_TRUE(sink->take(whole));
  sink->finish(head, std::make_unique<FakeSlot>(bench_.loop));
  EXPECT_TRUE(answered("err_msg").starts_with("E_FIELD")) << bench_.body();
}

TEST_F(Reconciliation, ALedgerThatCannotBeReadIsNotDecided) {
  book_.broken = true;
  ask("3201", balanced());
  EXPECT_TRUE(answered("err_msg").starts_with("E_BUSY")) << bench_.body();
  EXPECT_EQ(answered("infcode"), "-2");
}

TEST_F(Reconciliation, RoomThatIsUsedUpIsSaid) {
  for (int i = 0; i < 200; ++i) (void)bench_.files.put(kShopCode, "a", "b", bench_.clock.at);
  ask("9101", upload_of("x"));
  EXPECT_TRUE(answered("err_msg").starts_with("E_BUSY")) << bench_.body();
}

TEST_F(Reconciliation, WhoAsksWhenTheDeskIsClosedComesBackLater) {
  bench_.desk.stop();
  bench_.post(message("3201", kPharmacy, balanced()));
  bench_.loop.turn();
  EXPECT_TRUE(answered("err_msg").starts_with("E_BUSY")) << bench_.body();
}

}  // namespace
}  // namespace gongji::gateway::testing
