// The canary answers only when actors are scheduled and the journal moves.
#include "actors/canary.hpp"

#include <gtest/gtest.h>

#include <caf/actor_system.hpp>
#include <future>

#include "actors/system.hpp"
#include "tests/actors/switch_store.hpp"

namespace gongji::actors::test {
namespace {

using namespace std::chrono_literals;

class CanaryTest : public testing::Test {
 protected:
  CanaryTest() {
    system_.await_actors_before_shutdown(false);
    journal_.start();
  }
  // The answer to one question, however late it comes.
  std::future<void> ask() {
    auto answered = std::make_shared<std::promise<void>>();
    canary_.ask([answered] { answered->set_value(); });
    return answered->get_future();
  }
  void write_a_record() {
    auto record = std::make_shared<JournalRecord>();
    record->command = TombstoneCommand{};
    record->outcome = Events{};
    journal_.submit(record, std::make_shared<Envelope>());
  }

  NoMetrics metrics_;
  SwitchStore store_{std::make_shared<stores::MemoryDisk>()};
  JournalWriter journal_{store_, store_, metrics_, [](const std::string&) {}};
  SystemConfig config_{ActorOptions{}};
  caf::actor_system system_{config_};
  Canary canary_{system_, journal_};
};

TEST_F(CanaryTest, answers_while_everything_works) {
  EXPECT_EQ(ask().wait_for(60s), std::future_status::ready);
  write_a_record();
  EXPECT_EQ(ask().wait_for(60s), std::future_status::ready);
}

TEST_F(CanaryTest, waits_as_long_as_a_sync_does_not_come_back) {
  store_.hold();
  write_a_record();
  store_.wait_until_held();
  auto answer = ask();
  EXPECT_EQ(answer.wait_for(50ms), std::future_status::timeout);
  store_.release();
  EXPECT_EQ(answer.wait_for(60s), std::future_status::ready);
}

TEST_F(CanaryTest, says_nothing_after_the_journal_failed) {
  store_.fail_append(1);
  write_a_record();
  auto answer = ask();
  ASSERT_EQ(answer.wait_for(60s), std::future_status::ready);
  EXPECT_THROW(answer.get(), std::future_error);  // dropped without a word
}

}  // namespace
}  // namespace gongji::actors::test
