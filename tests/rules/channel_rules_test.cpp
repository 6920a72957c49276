// The rules about how somebody is served, and what several messages may not do; ids as in
// docs/rules.md.
#include <gtest/gtest.h>

#include <thread>

#include "tests/rules/town.hpp"

namespace gongji::test {
namespace {

constexpr const char* kShanghai = "310101";
constexpr const char* kShanxi = "140107";

std::string form_text(const std::string& organiser, const std::string& family) {
  return R"({"organizer":")" + organiser + R"(","profile":")" + family + R"("})";
}

// Who did the last thing, and from where.
const Origin& last_origin(const std::vector<RecordPtr>& journal) { return journal.back()->origin; }

void expect_channels(const std::string& area, const std::string& family,
                     const std::vector<std::string>& channels) {
  for (const std::string& channel : channels) {
    Town town;
    town.settle_in({holder("father", 500'000, area)});
    Caller caller = app_of("father");
    caller.channel = channel;
    const HttpReply formed = town.post(caller, "/v1/networks", form_text("father", family));
    ASSERT_EQ(formed.status, 201u) << formed.body;
    EXPECT_EQ(last_origin(town.journal()).channel, channel);
  }
}

TEST(Rules, SH_38_every_administrative_entry_carries_its_channel) {
  expect_channels(kShanghai, "SH", {"suishenban", "suishenban-wechat", "suishenban-alipay"});
}

TEST(Rules, SX_38_the_channels_of_shanxi_are_journaled_as_well) {
  expect_channels(kShanxi, "SX", {"shanxi-yibao-wechat", "provincial-platform"});
}

TEST(Rules, SH_39_a_clerk_serves_those_without_a_telephone_by_the_same_rules) {
  Town town;
  town.settle_in({holder("father", 500'000, kShanghai), holder("poor", 0, kShanghai)});
  const Caller clerk{"agency", "father", "counter", "clerk-17"};
  ASSERT_EQ(town.post(clerk, "/v1/networks", form_text("father", "SH")).status, 201u);
  const std::vector<RecordPtr> journal = town.journal();
  EXPECT_EQ(last_origin(journal).operator_id, "clerk-17");
  EXPECT_EQ(last_origin(journal).acting_person, "father");
  EXPECT_EQ(last_origin(journal).channel, "counter");
  const HttpReply refused =
      town.post({"agency", "poor", "counter", "clerk-17"}, "/v1/networks", form_text("poor", "SH"));
  EXPECT_EQ(refused.status, 422u);
  EXPECT_TRUE(refused.says("E_NO_CARRYOVER")) << "no wider powers: " << refused.body;
}

using actors::test::ActorsHarness;

TEST(Rules, GX_04_the_same_id_gives_the_same_answer_another_content_is_refused) {
  ActorsHarness gateway;
  gateway.enrol_all({actors::test::employee("father", 50'000)});
  const RecordPtr first = gateway.submit(actors::test::settle("father", 1'200, "m1")).applied();
  const auto again = gateway.submit(actors::test::settle("father", 1'200, "m1")).recorded();
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(*again.record, *first);
  EXPECT_EQ(gateway.carryover("father"), 48'800);
  const auto other = gateway.submit(actors::test::settle("father", 1'300, "m1")).as<KeyReused>();
  EXPECT_EQ(other.first->sequence, first->sequence);
  EXPECT_EQ(gateway.carryover("father"), 48'800) << "nothing was posted";
}

// Two organisers bind one person at the same moment, over and over: exactly one of them has him.
TEST(Rules, GX_12_of_two_bindings_at_once_exactly_one_wins) {
  constexpr int kRounds = 40;
  ActorsHarness gateway;
  for (int round = 0; round < kRounds; ++round) {
    const std::string tag = std::to_string(round);
    const std::string child = "child" + tag;
    const std::vector<std::string> rivals{"father" + tag, "aunt" + tag};
    gateway.enrol_all({actors::test::employee(rivals[0], 5'000),
                       actors::test::employee(rivals[1], 5'000), actors::test::resident(child)});
    std::vector<Reason> told(2, Reason::kUnknownOutcome);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < 2; ++i)
      threads.emplace_back([&, i] {
        told[i] = gateway.submit(actors::test::form(rivals[i], {child}, "form" + tag + rivals[i]))
                      .refused();
      });
    for (std::thread& thread : threads) thread.join();
    const bool first_won = told[0] == Reason::kNone && told[1] == Reason::kAlreadyInNetwork;
    const bool second_won = told[1] == Reason::kNone && told[0] == Reason::kAlreadyInNetwork;
    EXPECT_NE(first_won, second_won) << code(told[0]) << " and " << code(told[1]);
    EXPECT_EQ(gateway.look_up(child).role, "MEMBER");
  }
}

// A ring: each binds the next at once. A chain of authorisers must not come of it.
TEST(Rules, GX_12_bindings_in_a_ring_leave_nobody_with_two_roles) {
  constexpr int kRounds = 20;
  ActorsHarness gateway;
  for (int round = 0; round < kRounds; ++round) {
    std::vector<std::string> ring;
    std::vector<Person> persons;
    for (int i = 0; i < 4; ++i) {
      ring.push_back("r" + std::to_string(round) + "-" + std::to_string(i));
      persons.push_back(actors::test::employee(ring.back(), 5'000));
    }
    gateway.enrol_all(persons);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < ring.size(); ++i)
      threads.emplace_back([&, i] {
        (void)gateway
            .submit(actors::test::form(ring[i], {ring[(i + 1) % ring.size()]}, "f" + ring[i]))
            .refused();
      });
    for (std::thread& thread : threads) thread.join();
    int bonds = 0;
    for (const std::string& id : ring) {
      const PersonFound found = gateway.look_up(id);
      const bool organises = !found.networks.empty();
      EXPECT_EQ(found.role == "ORGANISER", organises) << id;
      if (organises) bonds += static_cast<int>(found.networks.front().links.size());
    }
    EXPECT_GE(bonds, 1);
    EXPECT_LE(bonds, 2) << "somebody has two roles";
  }
}

}  // namespace
}  // namespace gongji::test
