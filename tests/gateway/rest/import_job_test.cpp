#include "gateway/rest/import_job.hpp"

#include <gtest/gtest.h>

#include "gateway/wire/digest.hpp"
#include "tests/gateway/rest/rest_bench.hpp"

namespace gongji::gateway::rest {
namespace {

using namespace testing;

std::string person(int number) {
  return R"({"type":"person","psn_no":")" + std::to_string(number) +
         R"(","insutype":"390","insuplc_admdvs":"310101"})" + "\n";
}
std::string link(int organiser, int member) {
  return R"({"type":"link","organizer":")" + std::to_string(organiser) +
         R"(","profile":"SX","psn_no":")" + std::to_string(member) + R"(","relation":"CHILD"})" +
         "\n";
}

// Applies everything submitted so far that is still open.
void apply_all(RestBench& bench) {
  for (std::size_t i = 0; i < bench.service.submitted.size(); ++i)
    if (bench.service.submitted[i].ticket != nullptr)
      bench.reply(i, Recorded{admin_record(bench.service.submitted[i].request), false, nullptr});
}

TEST(ImportJob, LinesAreMessagesNamedByBatchAndNumber) {
  RestBench bench;
  bench.send("POST", "/v1/import?batch=2026-11",
             with(with(kAgency, "X-Channel", "core"), "X-Acting-Person", "9"),
             person(1) + "\n  \r\n" + person(2));
  ASSERT_EQ(bench.service.submitted.size(), 2u);
  const Request& second = bench.service.submitted[1].request;
  const MessageKey key{InstitutionCode{}, "import", "2026-11:4"};
  EXPECT_EQ(second.origin.key, key);
  EXPECT_EQ(second.key_hash, wire::message_key_hash(key));
  EXPECT_EQ(second.origin.digest, wire::sha256(second.origin.business_input));
  EXPECT_EQ(second.origin.channel, "core");
  EXPECT_EQ(second.origin.operator_id, "counter 3");
  EXPECT_EQ(second.origin.acting_person, "9");
  EXPECT_TRUE(std::holds_alternative<EnrolCommand>(std::get<AdminRequest>(second.ask).command));
  EXPECT_TRUE(bench.loop.answers.empty());
  apply_all(bench);
  EXPECT_EQ(bench.answer().body, R"({"batch":"2026-11","accepted":2,"refused":[]})");
}

TEST(ImportJob, AtMostAWindowOfLinesIsInFlightAndHalfOfItGoesTogether) {
  RestBench bench{4};
  std::string body;
  for (int i = 1; i <= 10; ++i) body += person(i);
  bench.send("POST", "/v1/import?batch=b", kAgency, body);
  EXPECT_EQ(bench.service.submitted.size(), 4u);
  bench.reply(1, Recorded{admin_record(bench.service.submitted[1].request), false, nullptr});
  EXPECT_EQ(bench.service.submitted.size(), 4u);
  bench.reply(3, Recorded{admin_record(bench.service.submitted[3].request), false, nullptr});
  EXPECT_EQ(bench.service.submitted.size(), 6u);
  EXPECT_EQ(bench.bulk.batches, (std::vector<std::size_t>{4, 2}));
  while (bench.loop.answers.empty()) apply_all(bench);
  EXPECT_EQ(bench.service.submitted.size(), 10u);
  EXPECT_EQ(bench.answer().body, R"({"batch":"b","accepted":10,"refused":[]})");
}

TEST(ImportJob, NoTurnOfTheLoopReadsMoreThanAMillisecondsWorth) {
  RestBench bench{1000};
  std::string body;
  for (int i = 1; i <= 300; ++i) body += person(i);
  bench.send("POST", "/v1/import?batch=b", kAgency, body);
  bench.loop.turn();
  EXPECT_EQ(bench.bulk.batches, (std::vector<std::size_t>{128, 128, 44}));
  apply_all(bench);
  EXPECT_EQ(bench.answer().body, R"({"batch":"b","accepted":300,"refused":[]})");
}

TEST(ImportJob, ALinkWaitsForTheLinesAboutItsPersonsAndForNoOther) {
  RestBench bench{8};
  bench.send("POST", "/v1/import?batch=b", kAgency,
             person(1) + person(2) + person(3) + link(1, 2) + person(4));
  ASSERT_EQ(bench.service.submitted.size(), 4u);  // all persons
  bench.reply(1, Recorded{admin_record(bench.service.submitted[1].request), false, nullptr});
  EXPECT_EQ(bench.service.submitted.size(), 4u);
  bench.reply(0, Recorded{admin_record(bench.service.submitted[0].request), false, nullptr});
  ASSERT_EQ(bench.service.submitted.size(), 5u);
  EXPECT_EQ(bench.request(4).origin.key.msgid, "b:4");
  apply_all(bench);
  EXPECT_EQ(bench.answer().body, R"({"batch":"b","accepted":5,"refused":[]})");
}

TEST(ImportJob, RefusedLinesAreListedByNumberWhateverTheOrderOfReplies) {
  RestBench bench;
  bench.send("POST", "/v1/import?batch=b&first_line=101", kAgency,
             person(1) + "{\"type\":\"x\"}\n" + person(2) + person(3) + person(4));
  bench.reply(3, OutcomeUnknown{});
  bench.reply(2, NotDecided{{Reason::kBusy, "", {}, {}}});
  bench.reply(1, Recorded{admin_record(bench.service.submitted[1].request,
                                       {Reason::kField, "psn_no x", {}, {}}),
                          false, nullptr});
  bench.reply(0, Recorded{admin_record(bench.service.submitted[0].request), false, nullptr});
  EXPECT_EQ(bench.answer().http_status, 200u);
  EXPECT_EQ(
      bench.answer().body,
      R"({"batch":"b","accepted":1,"refused":[)"
      R"({"line":102,"code":"E_FIELD","detail":"type 应为person、network或link"},)"
      R"({"line":103,"code":"E_FIELD","detail":"psn_no x"},)"
      R"({"line":104,"code":"E_BUSY","detail":"系统繁忙，本报文未处理，请稍后用同一报文编号重发"},)"
      R"({"line":105,"code":"E_UNKNOWN","detail":"结果未知，请用2602查询或发送2601冲正"}]})");
}

TEST(ImportJob, AnotherTextUnderAKnownLineNamesTheField) {
  RestBench bench;
  bench.send("POST", "/v1/import?batch=b", kAgency, person(2));
  Request first = bench.service.submitted[0].request;
  first.origin.business_input = ">person\npsn_no=1\ninsutype=390\ninsuplc_admdvs=310101\n";
  bench.reply(0, KeyReused{admin_record(first)});
  EXPECT_EQ(bench.answer().body, R"({"batch":"b","accepted":0,"refused":[)"
                                 R"({"line":1,"code":"E_IDEMPOTENCY","detail":"person.psn_no"}]})");
}

TEST(ImportJob, AnImportSentAgainSaysSo) {
  RestBench bench;
  bench.send("POST", "/v1/import", with(kAgency, "Idempotency-Key", "\"nightly\""), person(1));
  EXPECT_EQ(bench.service.submitted[0].request.origin.key.msgid, "nightly:1");
  bench.reply(0, Recorded{admin_record(bench.service.submitted[0].request), true, nullptr});
  EXPECT_EQ(bench.answer().body, R"({"batch":"nightly","accepted":1,"refused":[]})");
  EXPECT_EQ(bench.header("Idempotent-Replayed"), "true");
}

TEST(ImportJob, WithoutABatchOrWithABadLineNumberNothingStarts) {
  struct Row {
    const char* target;
    const char* parameter;
  };
  const std::string long_name(65, 'b');
  const std::string too_long = "/v1/import?batch=" + long_name;
  const Row kRows[] = {
      {"/v1/import", "batch"},
      {"/v1/import?batch=", "batch"},
      {"/v1/import?batch=a%20b", "batch"},
      {too_long.c_str(), "batch"},
      {"/v1/import?batch=b&first_line=0", "first_line"},
      {"/v1/import?batch=b&first_line=1x", "first_line"},
      {"/v1/import?batch=b&first_line=-1", "first_line"},
  };
  for (const Row& row : kRows) {
    RestBench bench;
    bench.send("POST", row.target, kAgency, person(1));
    EXPECT_EQ(bench.answer().http_status, 400u) << row.target;
    EXPECT_NE(bench.answer().body.find(R"("parameter":")" + std::string{row.parameter} + "\""),
              std::string::npos)
        << row.target;
    EXPECT_TRUE(bench.service.submitted.empty()) << row.target;
  }
}

TEST(ImportJob, AnEmptyBodyIsDoneAtOnce) {
  RestBench bench;
  bench.send("POST", "/v1/import?batch=b", kAgency, "\n\n");
  EXPECT_EQ(bench.answer().body, R"({"batch":"b","accepted":0,"refused":[]})");
}

TEST(ImportJob, ALoopThatEndedLeavesTheSlotUnansweredAndNothingBehind) {
  RestBench bench;
  bench.send("POST", "/v1/import?batch=b", kAgency, person(1) + person(2));
  bench.service.submitted.clear();
  bench.loop.tasks.clear();
  EXPECT_EQ(bench.loop.abandoned, 1);
}

}  // namespace
}  // namespace gongji::gateway::rest
