// Every byte a member's app can fetch is scanned for the other member (SH-18, SX-34, SX-35). The
// household below gives each of its persons an id, a name and amounts that occur nowhere else.
#include <gtest/gtest.h>

#include "gateway/rest/route_table.hpp"
#include "tests/gateway/rest/records_kit.hpp"
#include "tests/gateway/rest/rest_bench.hpp"

namespace gongji::gateway::rest {
namespace {

using namespace testing;

constexpr const char* kOrganiser = "310001";
constexpr const char* kMember = "320002";
constexpr const char* kOther = "330003";

// What must not reach the member: the other's id, name and amounts, and the live fund balance.
constexpr std::array kSecrets{"330003", "林晓梅", "777.31", "555.13", "888.88", "999.77"};

void set_legs(Settled& settled, Fen family) {
  settled.own.clear();
  settled.family[0].owner = PersonId{kOrganiser};
  settled.family[0].amount = family;
  settled.bill = family;
  settled.cash = Fen{};
}

std::shared_ptr<JournalRecord> bill(std::uint64_t sequence, const char* patient, Fen family) {
  auto record = settlement(sequence, patient);
  set_legs(std::get<Settled>(std::get<Events>(record->outcome)[0]), family);
  std::get<SettleCommand>(record->command).parts.medfee_sum = family;
  std::get<SettleCommand>(record->command).parts.full_own_pay = Fen{};
  record->balances = {{PersonId{patient}, Fen{}, Fen{}},
                      {PersonId{kOrganiser}, Fen{88888}, Fen{99977}}};
  return record;
}

std::shared_ptr<JournalRecord> premium(std::uint64_t sequence, const char* person, Fen amount,
                                       const char* name) {
  auto record = contribution(sequence, ContributionStatus::kPaid, person);
  auto& ordered = std::get<ContributionOrdered>(std::get<Events>(record->outcome)[0]);
  ordered.order.payer = PersonId{kOrganiser};
  ordered.order.amount = amount;
  ordered.person_name = name;
  return record;
}

PersonFound household_of(const PersonId& person) {
  PersonFound found = organiser_found();
  found.person.id = person;
  found.person.card.psn_name = person == PersonId{kOther} ? "林晓梅" : "某人";
  const bool himself = person == PersonId{kMember};
  found.person.current_year = himself ? Fen{} : Fen{88888};
  found.person.carryover = himself ? Fen{} : Fen{99977};
  found.networks[0].organiser = PersonId{kOrganiser};
  found.networks[0].links[0].member = PersonId{kMember};
  found.networks[0].links[1].member = PersonId{kOther};
  found.member_names = {{PersonId{kMember}, "陈小雨"}, {PersonId{kOther}, "林晓梅"}};
  if (person != PersonId{kOrganiser}) found.networks.clear();
  return found;
}

void fill(FakeRecords& records) {
  records.add(bill(1, kMember, Fen{1000}));
  records.add(bill(2, kOther, Fen{77731}));
  records.add(premium(3, kMember, Fen{2000}, "陈小雨"));
  records.add(premium(4, kOther, Fen{55513}, "林晓梅"));
  records.add(reversal(5, *records.records[1]));
  records.add(
      record_at(6, DisbandCommand{PersonId{kOther}}, Refusal{Reason::kBusy, kOther, {}, {}}));
}

// The path with one of several ids in each brace.
std::vector<std::string> targets_of(const Route& route) {
  std::vector<std::string> targets{std::string{route.path}};
  const auto expand = [&](const std::string& name, const std::vector<std::string>& values) {
    std::vector<std::string> expanded;
    for (const std::string& target : targets) {
      const std::size_t at = target.find(name);
      if (at == std::string::npos) return;
      for (const std::string& value : values)
        expanded.push_back(target.substr(0, at) + value + target.substr(at + name.size()));
    }
    targets = expanded;
  };
  const std::vector<std::string> persons{kOrganiser, kMember, kOther, "340004"};
  expand("{organizer}", persons);
  expand("{psn_no}", persons);
  expand("{setl_id}", {setl_id(1), setl_id(2), setl_id(5), setl_id(6), setl_id(99)});
  expand("{id}", {contribution_name(3), contribution_name(4), contribution_name(99)});
  expand("{code}", {"0000-0000", "x"});
  return targets;
}

void scan(const RestBench& bench, const std::string& target, const std::string& own_words) {
  for (const Answer& answer : bench.loop.answers)
    for (const std::string secret : kSecrets) {
      const bool said_by_himself = own_words.find(secret) != std::string::npos;
      EXPECT_TRUE(said_by_himself || answer.body.find(secret) == std::string::npos)
          << target << ' ' << secret << ' ' << answer.body;
    }
}

// Answers what was asked of the service as the household would.
void answer_service(RestBench& bench) {
  for (std::size_t i = 0; i < bench.service.submitted.size(); ++i) {
    if (bench.service.submitted[i].ticket == nullptr) continue;
    const Ask& ask = bench.request(i).ask;
    if (const auto* person = std::get_if<PersonQuery>(&ask)) {
      bench.reply(i, household_of(person->person));
    } else if (std::holds_alternative<MessageQuery>(ask)) {
      bench.reply(i, MessageFound{MessageState::kApplied, nullptr, nullptr});
    } else {
      // Amounts in the refusal of a binding are the organiser's own, and he is the one who asks.
      const auto& command = std::get<AdminRequest>(ask).command;
      const bool others_money = std::holds_alternative<ContributeCommand>(command);
      Refusal refusal{Reason::kQuota, others_money ? "330003 999.77" : "330003", {}, {}};
      if (others_money) refusal.limit = Fen{99977};
      bench.reply(i, NotDecided{refusal});
    }
  }
}

TEST(Visibility, NothingAMemberCanReadSpeaksOfAnother) {
  std::size_t answered = 0;
  for (const Route& route : routes()) {
    for (const std::string& target : targets_of(route)) {
      RestBench bench;
      fill(bench.records);
      bench.send(route.method, target, keyed(acting(kMember)),
                 R"({"organizer":"320002","profile":"SH","psn_no":"320002","relation":"CHILD",)"
                 R"("modes":["PAY"],"purpose":"RESIDENT_PREMIUM","year":2026})");
      answer_service(bench);
      if (bench.loop.answers.empty()) bench.await_work();
      scan(bench, std::string{route.method} + ' ' + target, target);
      for (const Answer& answer : bench.loop.answers) answered += answer.http_status == 200 ? 1 : 0;
    }
  }
  EXPECT_GE(answered, 9u);  // he does read something
}

// The scan itself can fail: the organiser reads of both.
TEST(Visibility, TheScanFindsWhatTheOrganiserMayRead) {
  RestBench bench;
  fill(bench.records);
  bench.send("GET", std::string{"/v1/networks/"} + kOrganiser + "/payments", acting(kOrganiser));
  EXPECT_TRUE(bench.says("330003"));
  EXPECT_TRUE(bench.says("777.31"));
}

}  // namespace
}  // namespace gongji::gateway::rest
