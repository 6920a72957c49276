// The reasons of messages and callers, each produced by the part of the gateway that gives it. The
// reasons of decisions: tests/domain/rules/reasons.txt.
#include <gtest/gtest.h>

#include "tests/gateway/wire/desk_bench.hpp"
#include "tests/gateway/wire/stories.hpp"
#include "tests/rules/town.hpp"

namespace gongji::test {
namespace {

using actors::test::ActorsHarness;
using actors::test::employee;
using actors::test::settle;
using gateway::testing::WireBench;

// Said in the answer with its code, its sentence and its next step.
void expect_told(const HttpReply& reply, Reason reason) {
  EXPECT_TRUE(reply.says(code(reason))) << reply.body;
  EXPECT_TRUE(reply.says(info(reason).text)) << reply.body;
  EXPECT_TRUE(reply.says(to_text(info(reason).next_step))) << reply.body;
}

void expect_told(const std::string& err_msg, Reason reason) {
  EXPECT_EQ(err_msg.rfind(std::string{code(reason)} + " " + std::string{info(reason).text}, 0), 0U)
      << err_msg;
}

TEST(Reasons, E_FORBIDDEN_VIEW_another_s_person_page) {
  Town town;
  town.settle_in({employee("an", 500), employee("bo", 500)});
  expect_told(town.get(app_of("bo"), "/v1/persons/an"), Reason::kForbiddenView);
}

TEST(Reasons, E_FORBIDDEN_another_s_network) {
  Town town;
  town.settle_in({employee("an", 500)});
  expect_told(town.post(app_of("bo"), "/v1/networks", R"({"organizer":"an","profile":"SH"})"),
              Reason::kForbidden);
}

TEST(Reasons, E_UNAUTHENTICATED_no_such_token) {
  Town town;
  expect_told(town.get({"nobody"}, "/v1/persons/an"), Reason::kUnauthenticated);
}

TEST(Reasons, E_NO_ACTING_PERSON_an_app_for_nobody) {
  Town town;
  expect_told(town.get({"app"}, "/v1/persons/an"), Reason::kNoActingPerson);
}

TEST(Reasons, E_NOT_FOUND_no_such_resource) {
  Town town;
  expect_told(town.get(kClerk, "/v1/nothing"), Reason::kNotFound);
}

TEST(Reasons, E_NO_PERSON_nobody_of_that_number) {
  Town town;
  expect_told(town.get(kClerk, "/v1/persons/nobody"), Reason::kNoPerson);
}

TEST(Reasons, E_UNKNOWN_INFNO_a_transaction_that_is_not_here) {
  WireBench bench;
  expect_told(bench.refused(gateway::testing::message("9988", gateway::testing::kPharmacy, "{}")),
              Reason::kUnknownInfno);
}

TEST(Reasons, E_NO_FILE_no_file_of_that_number) {
  const gateway::testing::EmptyDays nothing;
  gateway::testing::DeskBench bench{nothing};
  bench.ask("9102", R"({"fsDownloadIn":{"file_qury_no":"FQ1"}})");
  expect_told(gateway::testing::field(bench.body(), "err_msg"), Reason::kNoFile);
}

TEST(Reasons, E_FIELD_a_field_that_cannot_be_read) {
  WireBench bench;
  expect_told(bench.refused("{"), Reason::kField);
}

TEST(Reasons, E_IDEMPOTENCY_the_same_id_with_another_content) {
  ActorsHarness gateway;
  gateway.enrol_all({employee("an", 10'000)});
  const RecordPtr first = gateway.submit(settle("an", 100, "m1")).applied();
  const Reply again = gateway.ask(settle("an", 101, "m1"));
  ASSERT_TRUE(std::holds_alternative<KeyReused>(again));
  WireBench bench;
  bench.post(gateway::testing::sale());
  auto known = std::make_shared<JournalRecord>(*first);
  known->origin.business_input = "{}";
  bench.reply(KeyReused{known});
  EXPECT_NE(bench.body().find(code(Reason::kIdempotency)), std::string::npos) << bench.body();
}

TEST(Reasons, E_POSSIBLE_DUPLICATE_the_batch_was_settled_anew) {
  ActorsHarness gateway;
  gateway.enrol_all({employee("an", 10'000)});
  const auto first =
      gateway.submit(actors::test::settle_batch("an", 100, "m1", "b1")).applied()->sequence;
  const Request cancel = actors::test::cancel("an", first, "c1");
  (void)gateway.submit(cancel).applied();
  (void)gateway.submit(actors::test::settle_batch("an", 100, "m2", "b1")).applied();
  EXPECT_EQ(gateway.submit(actors::test::undo(cancel, "u1")).refused(), Reason::kPossibleDuplicate);
}

TEST(Reasons, E_REVERSED_BEFORE_ARRIVAL_undone_before_it_came) {
  ActorsHarness gateway;
  gateway.enrol_all({employee("an", 10'000)});
  const Request late = settle("an", 100, "m1");
  (void)gateway.submit(actors::test::undo(late, "u1")).recorded();
  EXPECT_EQ(gateway.submit(late).refused(), Reason::kReversedBeforeArrival);
  EXPECT_EQ(gateway.carryover("an"), 10'000);
}

TEST(Reasons, E_BUSY_while_stopping) {
  ActorsHarness gateway;
  gateway.enrol_all({employee("an", 10'000)});
  gateway.stop();
  EXPECT_EQ(gateway.submit(settle("an", 100, "m1")).refused(), Reason::kBusy);
}

TEST(Reasons, E_DEADLINE_too_late_to_be_decided) {
  ActorsHarness gateway;
  gateway.enrol_all({employee("an", 10'000)});
  Request late = settle("an", 100, "m1");
  late.deadline = std::chrono::steady_clock::now() - std::chrono::seconds{1};
  EXPECT_EQ(gateway.submit(late).refused(), Reason::kDeadline);
  EXPECT_EQ(gateway.carryover("an"), 10'000);
}

TEST(Reasons, E_UNKNOWN_when_the_disk_failed) {
  ActorsHarness gateway;
  gateway.enrol_all({employee("an", 10'000)});
  gateway.store().fail_append(1);
  EXPECT_TRUE(gateway.submit(settle("an", 100, "m1")).unknown());
  WireBench bench;
  bench.post(gateway::testing::sale());
  bench.reply(OutcomeUnknown{});
  EXPECT_NE(bench.body().find(code(Reason::kUnknownOutcome)), std::string::npos) << bench.body();
}

}  // namespace
}  // namespace gongji::test
