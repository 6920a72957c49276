// What the index's tables hold is learned, what is added later is known at once, and only who knows
// all of it says that something is new.
#include "stores/rocksdb/known_keys.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "stores/rocksdb/rocks_store.hpp"
#include "tests/stores/support/history.hpp"
#include "tests/stores/support/scratch_directory.hpp"

namespace gongji::stores {
namespace {

using std::chrono::steady_clock;
using testing::History;
using testing::ScratchDirectory;

constexpr std::size_t kMegabyte = std::size_t{1} << 20;
constexpr HouseholdId kWang{1};
constexpr Sequence kNever{1'000'000};
const PersonId kStranger{"nobody"};

class KnownKeysTest : public ::testing::Test {
 protected:
  void SetUp() override {
    options_.data_dir = scratch_.path();
    auto opened = IndexDatabase::open(options_, rocksdb::NewLRUCache(kMegabyte));
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    database_ = std::move(opened).value();
  }
  static bool learns(const KnownKeys& known) {
    const auto give_up = steady_clock::now() + std::chrono::seconds{30};
    while (!known.never_seen(History::key_of(kNever))) {
      if (steady_clock::now() > give_up) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    return true;
  }

  ScratchDirectory scratch_;
  StoreOptions options_;
  std::unique_ptr<IndexDatabase> database_;
  History history_{Epoch{1}};
};

TEST_F(KnownKeysTest, LearnsWhatTheTablesHold) {
  RecentEntries entries{{}, 16};
  entries.add(*history_.enrol(kWang, "wang", Fen{10'000}));
  entries.add(*history_.settle(kWang, "wang", Fen{100}));
  ASSERT_TRUE(entries.write_to(*database_).ok());
  const KnownKeys known{*database_, kMegabyte};
  ASSERT_TRUE(learns(known));
  EXPECT_FALSE(known.never_seen(History::key_of(Sequence{1})));
  EXPECT_FALSE(known.never_seen(History::key_of(Sequence{2})));
  EXPECT_FALSE(known.never_seen(PersonId{"wang"}));
  EXPECT_TRUE(known.never_seen(kStranger));
}

TEST_F(KnownKeysTest, KnowsWhatIsAddedLater) {
  KnownKeys known{*database_, kMegabyte};
  ASSERT_TRUE(learns(known));
  EXPECT_TRUE(known.never_seen(History::key_of(Sequence{1})));
  RecentEntries entries{{}, 16};
  entries.add(*history_.enrol(kWang, "wang", Fen{10'000}));
  known.add(entries);
  EXPECT_FALSE(known.never_seen(History::key_of(Sequence{1})));
  EXPECT_FALSE(known.never_seen(PersonId{"wang"}));
}

TEST_F(KnownKeysTest, WithoutMemoryNothingIsCalledNew) {
  const KnownKeys known{*database_, 0};
  std::this_thread::sleep_for(std::chrono::milliseconds{200});
  EXPECT_FALSE(known.never_seen(History::key_of(kNever)));
  EXPECT_FALSE(known.never_seen(kStranger));
}

TEST_F(KnownKeysTest, WhoHasLostCountCallsNothingNew) {
  KnownKeys known{*database_, 4 * 64 * 1024};  // two stages for the keys, one for the persons
  ASSERT_TRUE(learns(known));
  RecentEntries many{{}, 140'000};
  many.add(*history_.enrol(kWang, "wang", Fen{10'000'000}));
  for (int i = 0; i < 140'000; ++i) many.add(*history_.settle(kWang, "wang", Fen{1}));
  known.add(many);
  EXPECT_FALSE(known.never_seen(History::key_of(kNever)));
}

TEST_F(KnownKeysTest, EndsInTheMiddleOfLearning) {
  for (int i = 0; i < 20; ++i) const KnownKeys known{*database_, kMegabyte};
  EXPECT_TRUE(learns(KnownKeys{*database_, kMegabyte}));  // they left the tables as they were
}

// The whole index, long enough that it has learned: entries that went to the tables in between are
// found, others are not.
TEST(RocksIndexThatKnows, FindsEverythingThatWasEverIndexed) {
  const ScratchDirectory scratch;
  auto store = open_rocks_store({.data_dir = scratch.path(), .index_flush_records = 4});
  ASSERT_TRUE(store.ok()) << store.error().message;
  PairedStore& books = **store;
  History history{books.head().epoch};
  const auto write = [&books](RecordPtr record) {
    const std::vector<RecordPtr> group{std::move(record)};
    ASSERT_TRUE(books.append(books.head().epoch, group).ok());
    ASSERT_TRUE(books.index(group).ok());
  };
  write(history.enrol(kWang, "wang", Fen{10'000'000}));
  const auto end = steady_clock::now() + std::chrono::milliseconds{400};
  while (steady_clock::now() < end) {
    write(history.settle(kWang, "wang", Fen{1}));
    for (std::uint64_t n = 1; n <= history.records().size(); ++n)
      ASSERT_EQ(books.find_key(History::key_of(Sequence{n})).value(), Sequence{n});
    ASSERT_EQ(books.find_key(History::key_of(kNever)).value(), std::nullopt);
    ASSERT_EQ(books.find_person(PersonId{"wang"}).value(), kWang);
    ASSERT_EQ(books.find_person(kStranger).value(), std::nullopt);
  }
  EXPECT_GT(history.records().size(), 8U);
}

}  // namespace
}  // namespace gongji::stores
