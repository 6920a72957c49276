// ports/without_waiting.hpp on the disk: what would have to be read is not, and is said to be so.
#include "ports/without_waiting.hpp"

#include <gtest/gtest.h>

#include "stores/rocksdb/rocks_store.hpp"
#include "tests/stores/support/history.hpp"
#include "tests/stores/support/scratch_directory.hpp"

namespace gongji::stores {
namespace {

using testing::History;

constexpr HouseholdId kWang{1};
const PersonId kPerson{"wang"};
constexpr std::uint64_t kRecords = 1000;

class WithoutWaitingTest : public ::testing::Test {
 protected:
  // A store whose records, more than a block of a file holds, and index lie in files, with nothing
  // read yet.
  void SetUp() override {
    open();
    std::vector<RecordPtr> records{history_.enrol(kWang, "wang", Fen{100'000})};
    while (records.size() < kRecords) records.push_back(history_.settle(kWang, "wang", Fen{1}));
    ASSERT_TRUE(store_->append(store_->head().epoch, records).ok());
    ASSERT_TRUE(store_->index(records).ok());
    open();
    open();  // the log of the second opening held the records; from now on a file does
  }
  void open() {
    store_.reset();
    StoreOptions options;
    options.data_dir = scratch_.path();
    options.known_keys_bytes_max = 0;  // learning reads the tables
    auto opened = open_rocks_store(options);
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    store_ = std::move(opened).value();
  }
  template <class Ask>
  [[nodiscard]] bool would_wait(const Ask& ask) const {
    const WithoutWaiting scope;
    const auto answer = ask();
    return !answer.ok() && answer.error().would_wait;
  }

  testing::ScratchDirectory scratch_;
  std::unique_ptr<RocksStore> store_;
  History history_{Epoch{1}};
};

TEST_F(WithoutWaitingTest, WhatIsOnTheDiskIsReadByWhoMayWaitAndThenAtHand) {
  const auto person = [&] { return store_->find_person(kPerson); };
  const auto key = [&] { return store_->find_enrolled(History::key_of(Sequence{1})); };
  const auto load = [&] { return store_->load(kWang); };
  EXPECT_TRUE(would_wait(person));
  EXPECT_TRUE(would_wait(key));
  EXPECT_TRUE(would_wait(load));
  EXPECT_EQ(person().value(), kWang);
  EXPECT_EQ(key().value(), kPerson);
  EXPECT_EQ(*load(), history_.image(kWang));
  const WithoutWaiting scope;
  EXPECT_EQ(person().value(), kWang);
  EXPECT_EQ(key().value(), kPerson);
  EXPECT_EQ(*load(), history_.image(kWang));
}

TEST_F(WithoutWaitingTest, ARecordOnTheDiskIsNotTakenForAMissingOne) {
  const auto read = [&](std::uint64_t at) { return store_->read(Sequence{at}); };
  for (const std::uint64_t at : {std::uint64_t{1}, kRecords / 2}) {
    EXPECT_TRUE(would_wait([&] { return read(at); })) << at;
    EXPECT_TRUE(read(at).ok()) << at;
    EXPECT_FALSE(would_wait([&] { return read(at); })) << at;
  }
}

TEST_F(WithoutWaitingTest, WhatIsWrongIsNotSomethingToWaitFor) {
  EXPECT_FALSE(store_->read(Sequence{kRecords + 1}).ok());
  EXPECT_FALSE(would_wait([&] { return store_->read(Sequence{kRecords + 1}); }));
}

TEST(WithoutWaiting, EndsWithTheOutermost) {
  EXPECT_FALSE(WithoutWaiting::here());
  {
    const WithoutWaiting outer;
    { const WithoutWaiting inner; }
    EXPECT_TRUE(WithoutWaiting::here());
  }
  EXPECT_FALSE(WithoutWaiting::here());
}

}  // namespace
}  // namespace gongji::stores
