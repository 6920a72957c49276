// What a ticket is told of the way its message took.
#include "ports/hop_times.hpp"

#include <gtest/gtest.h>

#include <future>
#include <stdexcept>

#include "tests/actors/actors_harness.hpp"

namespace gongji::actors::test {
namespace {

using Moment = HopTimes::Moment;

class HopTicket final : public ReplyTicket {
 public:
  explicit HopTicket(std::promise<HopTimes>& hops) : hops_(hops) {}
  void passed(const HopTimes& hops) noexcept override { hops_.set_value(hops); }
  void complete(Reply) noexcept override {}

 private:
  std::promise<HopTimes>& hops_;
};

HopTimes hops_of(ActorsHarness& harness, Request request) {
  std::promise<HopTimes> hops;
  harness.directory().submit(std::move(request), std::make_unique<HopTicket>(hops));
  return hops.get_future().get();
}

TEST(HopTimes, ASettlementPassesAllHopsInTheirOrder) {
  ActorsHarness harness;
  harness.enrol_all({employee("p1", 1'000)});
  const Moment before = std::chrono::steady_clock::now();
  const HopTimes hops = hops_of(harness, settle("p1", 100, "m1"));
  EXPECT_LE(before, hops.submitted_at);
  EXPECT_LE(hops.submitted_at, hops.taken_at);
  EXPECT_LE(hops.taken_at, hops.decided_at);
  EXPECT_LE(hops.decided_at, hops.durable_at);
}

TEST(HopTimes, AQueryIsNeitherDecidedNorWritten) {
  ActorsHarness harness;
  harness.enrol_all({employee("p1", 1'000)});
  const HopTimes hops = hops_of(harness, person("p1"));
  EXPECT_LE(hops.submitted_at, hops.taken_at);
  EXPECT_EQ(hops.decided_at, Moment{});
  EXPECT_EQ(hops.durable_at, Moment{});
}

TEST(HopTimes, AMessageThatWasLostTellsHowFarItCame) {
  HarnessSetup setup;
  setup.before_decide = [](const Envelope& mail) {
    if (std::holds_alternative<SettleCommand>(mail.request.ask) ||
        (mail.command && std::holds_alternative<SettleCommand>(*mail.command)))
      throw std::runtime_error{"planted"};
  };
  ActorsHarness harness{setup};
  harness.enrol_all({employee("p1", 1'000)});
  const HopTimes hops = hops_of(harness, settle("p1", 100, "m1"));
  EXPECT_NE(hops.taken_at, Moment{});
  EXPECT_EQ(hops.decided_at, Moment{});
}

}  // namespace
}  // namespace gongji::actors::test
