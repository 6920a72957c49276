// Reading back what is durable: one record, a person's history through all his households, the feed
// and the marked ones.
#include "actors/archive.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <thread>

#include "actors/couriers.hpp"
#include "actors/roll_run.hpp"
#include "counterparties/simulated.hpp"
#include "tests/actors/actors_harness.hpp"
#include "tests/actors/journal_audit.hpp"

namespace gongji::actors::test {
namespace {

using namespace std::chrono_literals;

template <class T, class Ask>
T answer_to(const Ask& ask) {
  auto promise = std::make_shared<std::promise<Result<T, StoreError>>>();
  auto answer = promise->get_future();
  ask([promise](Result<T, StoreError> result) { promise->set_value(std::move(result)); });
  if (answer.wait_for(30s) != std::future_status::ready) throw std::runtime_error("no answer");
  auto result = answer.get();
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(result).value();
}

std::vector<RecordPtr> feed(Archive& archive, Sequence after, std::size_t limit,
                            std::chrono::milliseconds wait) {
  return answer_to<std::vector<RecordPtr>>(
      [&](auto then) { archive.feed(after, limit, wait, std::move(then)); });
}

// Every record about the person, page by page, oldest first.
std::vector<Sequence> history(Archive& archive, const std::string& person, std::size_t page) {
  std::vector<Sequence> seen;
  HistoryQuery query{PersonId{person}, {}, page};
  for (bool more = true; more;) {
    const auto found =
        answer_to<HistoryPage>([&](auto then) { archive.history(query, std::move(then)); });
    for (const RecordPtr& record : found.records) seen.insert(seen.begin(), record->sequence);
    query.cursor = found.next;
    more = found.more;
  }
  return seen;
}

TEST(Archive, FindsWhatIsDurableAndNothingElse) {
  ActorsHarness actors;
  actors.enrol_all({employee("an", 1000)});
  Archive archive{actors.store(), actors.store(), actors.journal()};
  const auto find = [&](Sequence sequence) {
    return answer_to<RecordPtr>([&](auto then) { archive.find(sequence, std::move(then)); });
  };
  EXPECT_EQ(find(Sequence{1})->event<PersonEnrolled>()->person.id, PersonId{"an"});
  EXPECT_EQ(find(Sequence{2}), nullptr);
  EXPECT_EQ(find(Sequence{}), nullptr);
}

// Through a family he joined and left: his own records before, all of the family's meanwhile.
TEST(Archive, AHistoryFollowsThePersonThroughHisHouseholds) {
  ActorsHarness actors;
  actors.enrol_all({employee("father", 10000), employee("kid", 500), employee("aunt", 900)});
  const Sequence alone = actors.submit(settle("kid", 1, "m1")).applied()->sequence;
  const Sequence other = actors.submit(settle("aunt", 1, "m2")).applied()->sequence;
  (void)actors.submit(form("father", {"kid"}, "f1")).applied();
  const Sequence family = actors.submit(settle("father", 1, "m3")).applied()->sequence;
  (void)actors.submit(unbind("father", "kid", "u1")).applied();
  const HouseholdId before = actors.look_up("father").household;
  for (int i = 0; actors.look_up("kid").household == before && i < 30000; ++i)
    std::this_thread::sleep_for(1ms);
  const Sequence again = actors.submit(settle("kid", 1, "m4")).applied()->sequence;
  const Sequence fathers = actors.submit(settle("father", 1, "m5")).applied()->sequence;
  Archive archive{actors.store(), actors.store(), actors.journal()};
  for (const std::size_t page : {1u, 3u, 1000u}) {
    const std::vector<Sequence> seen = history(archive, "kid", page);
    const auto has = [&](Sequence wanted) { return std::count(seen.begin(), seen.end(), wanted); };
    EXPECT_EQ(has(alone) + has(family) + has(again), 3) << "pages of " << page;
    EXPECT_EQ(has(other) + has(fathers), 0) << "pages of " << page;
  }
}

TEST(Archive, TheFeedWaitsForTheNextRecord) {
  ActorsHarness actors;
  actors.enrol_all({employee("an", 1000)});
  Archive archive{actors.store(), actors.store(), actors.journal()};
  actors.on_commit([&] { archive.committed(); });
  EXPECT_EQ(feed(archive, Sequence{}, 10, 0ms).size(), 1u);
  EXPECT_EQ(feed(archive, Sequence{1}, 10, 5ms).size(), 0u) << "gives up when nothing comes";
  std::thread later{[&] {
    std::this_thread::sleep_for(20ms);
    (void)actors.submit(settle("an", 1, "m1")).applied();
  }};
  const auto records = feed(archive, Sequence{1}, 10, 30s);
  later.join();
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records.front()->sequence, Sequence{2});
  actors.on_commit({});
}

TEST(Archive, NobodyWaitsForTheFeedOfAProcessThatDrains) {
  ActorsHarness actors;
  actors.enrol_all({employee("an", 1000)});
  Archive archive{actors.store(), actors.store(), actors.journal()};
  std::thread later{[&] {
    std::this_thread::sleep_for(20ms);
    archive.hurry();
  }};
  EXPECT_EQ(feed(archive, Sequence{1}, 10, 10min).size(), 0u);
  EXPECT_EQ(feed(archive, Sequence{1}, 10, 10min).size(), 0u);
  later.join();
}

TEST(RollRun, RollsEveryAccountOnceHoweverOftenItIsStarted) {
  ActorsHarness actors;
  for (int i = 0; i < 500; ++i) {
    Person person =
        i % 3 == 0 ? resident("r" + std::to_string(i)) : employee("e" + std::to_string(i), 100);
    if (i % 3 != 0) person.current_year = Fen{10};
    (void)actors.submit(enrol(person)).applied();
  }
  actors.catch_up();
  const SystemClock clock;
  RollRun rolls{actors.directory(), actors.store(), clock, {.window = 16}};
  Origin clerk;
  clerk.channel = "core";
  for (const std::uint64_t expected : {333u, 0u}) {
    ASSERT_TRUE(rolls.start(2026, clerk));
    while (rolls.progress()->running) std::this_thread::sleep_for(1ms);
    EXPECT_TRUE(rolls.progress()->complete);
    EXPECT_EQ(rolls.progress()->accounts_done, 500u);
    EXPECT_EQ(rolls.progress()->accounts_rolled, expected);
    EXPECT_EQ(rolls.progress()->accounts_refused, 0u);
  }
  EXPECT_EQ(text_of(audit(actors.store()).complaints), "");
}

// Half of all messages get lost; in the end every order has exactly one answer.
TEST(Couriers, CarryEveryRequestUntilItIsAnswered) {
  ActorsHarness actors;
  std::int64_t before = 0;
  for (int i = 0; i < 20; ++i) {
    actors.enrol_all({employee("e" + std::to_string(i), 20000)});
    before += 20000;
  }
  for (int i = 0; i < 20; ++i) {
    const std::string id = "e" + std::to_string(i);
    (void)actors.submit(contribute(id, id, "p" + id, "COMMERCIAL")).applied();
  }
  actors.catch_up();
  Archive archive{actors.store(), actors.store(), actors.journal()};
  counterparties::Simulated insurer{{true, 1ms, 500, 500, 7}};
  const SystemClock clock;
  Couriers couriers{actors.directory(), archive, clock, &insurer, &insurer, {2ms, 20ms, 6}};
  const auto open = [&] {
    actors.catch_up();
    return actors.store().marked(MarkKind::kInsurerRequest, Sequence{}, 100)->size();
  };
  for (int i = 0; open() > 0 && i < 30000; ++i) std::this_thread::sleep_for(1ms);
  EXPECT_EQ(open(), 0u);
  EXPECT_GT(insurer.lost(), 0u) << "nothing was lost, so nothing was proved";
  insurer.stop();
  couriers.stop();
  archive.stop();
  unsigned insured = 0;
  unsigned reversed = 0;
  (void)actors.store().scan(Sequence{1}, [&](const RecordPtr& record) {
    insured += record->event<ContributionInsured>() != nullptr ? 1 : 0;
    reversed += record->event<ContributionReversed>() != nullptr ? 1 : 0;
    return true;
  });
  EXPECT_EQ(insured + reversed, 20u);
  EXPECT_GT(insured, 0u);
  EXPECT_GT(reversed, 0u);
  const JournalAudit books = audit(actors.store());
  EXPECT_EQ(text_of(books.complaints), "");
  EXPECT_EQ(books.expected.count(), before - static_cast<std::int64_t>(insured) * 12900);
}

}  // namespace
}  // namespace gongji::actors::test
