// What only the store on disk has to do: survive crashes and damage, be read beside its owner, tell
// operators about itself. The ports' contract is tests/contract.
#include "stores/rocksdb/rocks_store.hpp"

#include <gtest/gtest.h>
#include <rocksdb/db.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "stores/codec/frame.hpp"
#include "stores/posting_lists.hpp"
#include "stores/rocksdb/journal_keys.hpp"
#include "tests/stores/support/history.hpp"
#include "tests/stores/support/scratch_directory.hpp"

namespace gongji::stores {
namespace {

namespace fs = std::filesystem;
using testing::History;

constexpr HouseholdId kWang{1};

class RocksStoreTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::string live() const { return scratch_.path() + "/live"; }
  [[nodiscard]] std::string copy() const { return scratch_.path() + "/copy"; }

  StoreOptions options(const std::string& data_dir) {
    StoreOptions options;
    options.data_dir = data_dir;
    options.on_notice = [this](const std::string& sentence) { notices_.push_back(sentence); };
    options.on_recovery = [this](std::uint64_t done, std::uint64_t total) {
      recovery_.emplace_back(done, total);
    };
    return options;
  }
  void open(const std::string& data_dir) {
    store_.reset();
    auto opened = open_rocks_store(options(data_dir));
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    store_ = std::move(opened).value();
    history_.next_epoch(store_->head().epoch);
  }
  std::string error_of_opening(const std::string& data_dir) {
    const auto opened = open_rocks_store(options(data_dir));
    return opened.ok() ? "" : opened.error().message;
  }
  void write(const std::vector<RecordPtr>& records) {
    ASSERT_TRUE(store_->append(store_->head().epoch, records).ok());
    ASSERT_TRUE(store_->index(records).ok());
  }
  // Five groups of one record.
  void write_some() {
    write({history_.enrol(kWang, "wang", Fen{10'000})});
    for (int i = 0; i < 4; ++i) write({history_.settle(kWang, "wang", Fen{100})});
  }
  // What a kill -9 leaves behind: the files as they are while the owner lives.
  void crash() {
    fs::copy(live(), copy(), fs::copy_options::recursive);
    store_.reset();
  }
  static std::uint64_t count(const JournalStore& journal) {
    std::uint64_t records = 0;
    const auto scanned =
        journal.scan(Sequence{1}, [&](const RecordPtr&) { return ++records != 0; });
    EXPECT_TRUE(scanned.ok()) << scanned.error().message;
    return records;
  }

  testing::ScratchDirectory scratch_;
  std::unique_ptr<RocksStore> store_;
  History history_{Epoch{1}};
  std::vector<std::string> notices_;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> recovery_;
};

// The newest log of a journal.
fs::path log_of(const std::string& data_dir) {
  std::vector<fs::path> logs;
  for (const auto& entry : fs::directory_iterator{data_dir + "/journal"})
    if (entry.path().extension() == ".log") logs.push_back(entry.path());
  return *std::max_element(logs.begin(), logs.end());
}

std::string contents_of(const fs::path& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

// Changes one byte of the group in the log, well inside it.
void damage_in_log(const std::string& data_dir, Sequence first) {
  const fs::path log = log_of(data_dir);
  std::string contents = contents_of(log);
  const auto at = contents.find(group_key(first));
  ASSERT_NE(at, std::string::npos);
  contents[at + 150] = static_cast<char>(contents[at + 150] ^ 1);
  std::ofstream{log, std::ios::binary} << contents;
}

TEST_F(RocksStoreTest, AfterACrashEverythingAcknowledgedIsThere) {
  open(live());
  write_some();
  crash();
  open(copy());
  EXPECT_EQ(store_->head().durable, Sequence{5});
  EXPECT_EQ(store_->head().epoch, Epoch{2});
  EXPECT_EQ(count(*store_), 5U);
  EXPECT_EQ(*store_->load(kWang), history_.image(kWang));
  EXPECT_EQ(store_->find_key(History::key_of(Sequence{3})).value(), Sequence{3});
  EXPECT_EQ(recovery_.back(), std::pair(std::uint64_t{5}, std::uint64_t{5}));
  EXPECT_TRUE(notices_.empty());
}

TEST_F(RocksStoreTest, AfterAnOrderlyEndNothingIsIndexedAgain) {
  open(live());
  write_some();
  open(live());
  EXPECT_TRUE(recovery_.empty());
  EXPECT_EQ(*store_->load(kWang), history_.image(kWang));
}

TEST_F(RocksStoreTest, AfterACrashOnlyTheUnwrittenRestIsIndexedAgain) {
  StoreOptions few = options(live());
  few.index_flush_records = 50;
  store_ = open_rocks_store(few).value();
  write({history_.enrol(kWang, "wang", Fen{10'000})});
  for (int i = 0; i < 119; ++i) write({history_.settle(kWang, "wang", Fen{1})});
  crash();  // 50 records are on disk for certain: the second 50 waited for them
  open(copy());
  EXPECT_LE(recovery_.back().second, 70U);
  EXPECT_EQ(*store_->load(kWang), history_.image(kWang));
}

TEST_F(RocksStoreTest, AGroupCutOffByTheCrashIsDroppedWithANotice) {
  open(live());
  write_some();
  crash();
  const fs::path log = log_of(copy());
  fs::resize_file(log, fs::file_size(log) - 3);
  open(copy());
  EXPECT_EQ(store_->head().durable, Sequence{4});
  ASSERT_EQ(notices_.size(), 1U);
  EXPECT_NE(notices_[0].find("never acknowledged"), std::string::npos) << notices_[0];
  History goes_on{store_->head().epoch, Sequence{4}};
  write({goes_on.tombstone()});
  EXPECT_EQ(count(*store_), 5U);
}

TEST_F(RocksStoreTest, EveryCutOfTheLogKeepsWholeGroups) {
  open(live());
  write({history_.enrol(kWang, "wang", Fen{10'000})});
  write({history_.settle(kWang, "wang", Fen{1}), history_.settle(kWang, "wang", Fen{2})});
  crash();
  const std::string log = contents_of(log_of(copy()));
  const auto second = log.find(group_key(Sequence{2}));
  for (const std::size_t size : {second + 1, second + 40, second + 90, log.size() - 1}) {
    const std::string cut = scratch_.path() + "/cut" + std::to_string(size);
    fs::copy(copy(), cut, fs::copy_options::recursive);
    fs::resize_file(log_of(cut), size);
    open(cut);
    EXPECT_EQ(store_->head().durable, Sequence{1}) << size;
  }
}

// As an import writes them: who reads one record later reads 15 others, not thousands.
TEST_F(RocksStoreTest, ManyRecordsAreSeveralGroupsThatReachTheDiskTogetherOrNotAtAll) {
  open(live());
  write({history_.enrol(kWang, "wang", Fen{10'000})});
  std::vector<RecordPtr> many;
  for (int i = 0; i < 40; ++i) many.push_back(history_.settle(kWang, "wang", Fen{1}));
  write(many);
  crash();
  const std::string log = contents_of(log_of(copy()));
  for (const std::uint64_t first : {2, 18, 34}) {
    const auto group = log.find(group_key(Sequence{first}));
    ASSERT_NE(group, std::string::npos) << first;
    const std::string cut = scratch_.path() + "/cut" + std::to_string(first);
    fs::copy(copy(), cut, fs::copy_options::recursive);
    fs::resize_file(log_of(cut), group + 40);
    open(cut);
    EXPECT_EQ(store_->head().durable, Sequence{1}) << first;
  }
  open(copy());
  EXPECT_EQ(count(*store_), 41U);
  EXPECT_EQ(*store_->load(kWang), history_.image(kWang));
}

TEST_F(RocksStoreTest, DamageToAcknowledgedGroupsKeepsTheStoreShutAndAsItIs) {
  open(live());
  write_some();
  crash();
  damage_in_log(copy(), Sequence{3});
  for (int attempt = 0; attempt < 2; ++attempt) {
    const std::string error = error_of_opening(copy());
    EXPECT_NE(error.find("damaged after record 2"), std::string::npos) << error;
    EXPECT_NE(error.find("Nothing was changed"), std::string::npos) << error;
  }
}

TEST_F(RocksStoreTest, DamageToTheLastGroupAloneCannotBeToldFromACrash) {
  open(live());
  write_some();
  crash();
  damage_in_log(copy(), Sequence{5});
  open(copy());
  EXPECT_EQ(store_->head().durable, Sequence{4});
  EXPECT_EQ(notices_.size(), 1U);
}

TEST_F(RocksStoreTest, AJournalShorterThanItsIndexIsNotOpened) {
  open(live());
  write_some();
  store_.reset();
  {
    rocksdb::DB* opened = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open({}, live() + "/journal", &opened).ok());
    const std::unique_ptr<rocksdb::DB> journal{opened};
    ASSERT_TRUE(journal->Delete({}, group_key(Sequence{5})).ok());
  }
  const std::string error = error_of_opening(live());
  EXPECT_NE(error.find("ends at record 4 but its index has seen record 5"), std::string::npos)
      << error;
}

TEST_F(RocksStoreTest, ADamagedIndexIsBuiltAnewWithANotice) {
  open(live());
  write_some();
  store_.reset();
  for (const auto& entry : fs::directory_iterator{live() + "/index"})
    if (entry.path().filename().string().starts_with("MANIFEST"))
      std::ofstream{entry.path(), std::ios::binary} << "noise";
  open(live());
  ASSERT_EQ(notices_.size(), 1U);
  EXPECT_NE(notices_[0].find("built anew"), std::string::npos) << notices_[0];
  EXPECT_EQ(*store_->load(kWang), history_.image(kWang));
}

TEST_F(RocksStoreTest, AnIndexOfAnotherFormatIsBuiltAnewWithANotice) {
  open(live());
  write_some();
  store_.reset();
  fs::remove_all(live() + "/index");
  {
    rocksdb::Options options;
    options.create_if_missing = true;
    rocksdb::DB* opened = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open(options, live() + "/index", &opened).ok());
    const std::unique_ptr<rocksdb::DB> index{opened};
    ASSERT_TRUE(index->Put({}, "format", "99").ok());
  }
  open(live());
  ASSERT_EQ(notices_.size(), 1U);
  EXPECT_NE(notices_[0].find("another format"), std::string::npos) << notices_[0];
  EXPECT_EQ(*store_->load(kWang), history_.image(kWang));
}

// Opens the index of a stopped store by hand; the number of a table is its place in this list.
constexpr std::size_t kSnapshots = 4;
constexpr std::size_t kMarks = 5;
constexpr std::size_t kPostings = 6;

void put_into_index(const std::string& data_dir, std::size_t table, const std::string& key,
                    const std::string& value) {
  rocksdb::DB* opened = nullptr;
  std::vector<rocksdb::ColumnFamilyHandle*> tables;
  ASSERT_TRUE(rocksdb::DB::Open({}, data_dir + "/index",
                                {{rocksdb::kDefaultColumnFamilyName, {}},
                                 {"keys", {}},
                                 {"persons", {}},
                                 {"heads", {}},
                                 {"snapshots", {}},
                                 {"marks", {}},
                                 {"postings", {}}},
                                &tables, &opened)
                  .ok());
  const std::unique_ptr<rocksdb::DB> index{opened};
  EXPECT_TRUE(index->Put({}, tables[table], key, value).ok());
  for (auto* handle : tables) index->DestroyColumnFamilyHandle(handle);
}

// A writing-out of the index that is cut short leaves marks of records beyond its marker.
TEST_F(RocksStoreTest, MarksBeyondTheMarkerAreDroppedWhenOpening) {
  open(live());
  write_some();
  const auto ordered = history_.order(kWang, "wang");
  write({ordered});
  store_.reset();
  put_into_index(live(), kMarks, mark_key({MarkKind::kTaxRequest, Sequence{7}}), "");
  put_into_index(live(), kMarks, mark_key({MarkKind::kReview, Sequence{900}}), "");
  put_into_index(live(), kMarks, "noise", "");
  open(live());
  EXPECT_EQ(store_->marked(MarkKind::kTaxRequest, {}, 10).value(),
            std::vector<Sequence>{ordered->sequence});
  EXPECT_TRUE(store_->marked(MarkKind::kReview, {}, 10).value().empty());
}

// The same of postings: what is indexed again takes their place and counts once.
TEST_F(RocksStoreTest, PostingsBeyondTheMarkerAreNotCountedTwice) {
  open(live());
  write_some();
  const RecordPtr sale = history_.sell(kWang, "wang", "P1", Fen{300});
  const PostingList list{PostingList::Kind::kDay, day_bucket(sale->at), InstitutionCode{"P1"}};
  PostingSegment left_behind;
  left_behind.add(*postings_of(*sale).settled);
  store_.reset();
  put_into_index(live(), kPostings, posting_key(list, sale->sequence), left_behind.bytes());
  open(live());
  const auto again = std::make_shared<JournalRecord>(*sale);
  again->epoch = store_->head().epoch;
  write({again});
  EXPECT_EQ(store_->postings(list)->entries.size(), 1U);
  store_.reset();  // writes out
  open(live());
  EXPECT_EQ(store_->postings(list)->entries.size(), 1U);
}

TEST_F(RocksStoreTest, PostingsNobodyCanReadAreAnError) {
  open(live());
  const PostingList list{PostingList::Kind::kDay, 1, InstitutionCode{"P1"}};
  store_.reset();
  put_into_index(live(), kPostings, posting_key(list, Sequence{1}), "noise");
  open(live());
  EXPECT_FALSE(store_->postings(list).ok());
}

TEST_F(RocksStoreTest, ASnapshotNobodyCanReadIsPassedOver) {
  open(live());
  write_some();
  store_->save_snapshot(history_.image(kWang));
  store_.reset();
  put_into_index(live(), kSnapshots, number_key(kWang.number()), "noise");
  open(live());
  EXPECT_EQ(*store_->load(kWang), history_.image(kWang));
}

TEST_F(RocksStoreTest, ReadOnlyReadsAStoppedStoreAndChangesNothing) {
  open(live());
  write_some();
  const JournalHead head = store_->head();
  store_.reset();
  {
    const auto journal = open_rocks_store_read_only(live());
    ASSERT_TRUE(journal.ok()) << journal.error().message;
    EXPECT_EQ((*journal)->head().durable, head.durable);
    EXPECT_EQ((*journal)->head().epoch, head.epoch);
    EXPECT_EQ((*journal)->head().chain, head.chain);
    EXPECT_EQ(count(**journal), 5U);
    EXPECT_EQ(**(*journal)->read(Sequence{3}), *history_.records()[2]);
    const std::vector<RecordPtr> more{history_.tombstone()};
    EXPECT_FALSE((*journal)->append(head.epoch, more).ok());
    EXPECT_NE(error_of_opening(live()).find("is in use"), std::string::npos);
  }
  open(live());
  EXPECT_EQ(store_->head().epoch, head.epoch.next());
}

TEST_F(RocksStoreTest, ReadOnlyNeedsNoIndexAndReadsWhatACrashLeft) {
  open(live());
  write_some();
  crash();
  fs::remove_all(copy() + "/index");
  const auto journal = open_rocks_store_read_only(copy());
  ASSERT_TRUE(journal.ok()) << journal.error().message;
  EXPECT_EQ(count(**journal), 5U);
  EXPECT_FALSE(fs::exists(copy() + "/index"));
}

// The rest of this is the contract suite's.
TEST_F(RocksStoreTest, ReadOnlyRefusesAnotherRecordVersionInTheSameWords) {
  open(live());
  write_some();
  store_.reset();
  {
    rocksdb::DB* opened = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open({}, live() + "/journal", &opened).ok());
    const std::unique_ptr<rocksdb::DB> journal{opened};
    std::string frame;
    ASSERT_TRUE(journal->Get({}, group_key(Sequence{5}), &frame).ok());
    frame[89] = 1;  // the version of the group's first record
    const Digest chain = chain_of(frame);
    std::copy(chain.begin(), chain.end(), frame.begin() + 1);
    ASSERT_TRUE(journal->Put({}, group_key(Sequence{5}), frame).ok());
  }
  const auto journal = open_rocks_store_read_only(live());
  ASSERT_FALSE(journal.ok());
  EXPECT_EQ(journal.error().message, error_of_opening(live()));
  EXPECT_NE(journal.error().message.find("run the program that wrote this data directory"),
            std::string::npos)
      << journal.error().message;
}

TEST_F(RocksStoreTest, ReadOnlyRefusesALiveStoreAndAnEmptyDirectory) {
  open(live());
  const auto journal = open_rocks_store_read_only(live());
  ASSERT_FALSE(journal.ok());
  EXPECT_NE(journal.error().message.find("work on a checkpoint"), std::string::npos);
  EXPECT_FALSE(open_rocks_store_read_only(scratch_.path() + "/nothing").ok());
}

TEST_F(RocksStoreTest, ACheckpointIsTheJournalAsItWasThen) {
  open(live());
  write_some();
  const std::string target = scratch_.path() + "/check/point";
  const auto made = store_->checkpoint(target);
  ASSERT_TRUE(made.ok()) << made.error().message;
  write({history_.settle(kWang, "wang", Fen{100})});
  {
    const auto journal = open_rocks_store_read_only(target);
    ASSERT_TRUE(journal.ok()) << journal.error().message;
    EXPECT_EQ(count(**journal), 5U);
  }
  EXPECT_FALSE(store_->checkpoint(target).ok()) << "there is one already";
  EXPECT_EQ(count(*store_), 6U);
  open(target);  // as a data directory of its own
  EXPECT_EQ(store_->head().durable, Sequence{5});
  EXPECT_EQ(store_->find_person(PersonId{"wang"}).value(), kWang);
}

// Runs in a process of its own, whose files may not grow beyond a limit. Ends it with 0 when a
// failed write is told, and no later one is let through although the disk would take it again.
[[noreturn]] void fail_to_write(const std::string& data_dir) {
  std::signal(SIGXFSZ, SIG_IGN);
  StoreOptions options;
  options.data_dir = data_dir;
  auto store = open_rocks_store(options).value();
  History history{store->head().epoch};
  const auto append = [&] {
    const std::vector<RecordPtr> records{history.tombstone()};
    const auto appended = store->append(store->head().epoch, records);
    return appended.ok() ? std::string{} : appended.error().message;
  };
  const rlimit small{64 << 10, RLIM_INFINITY};
  ::setrlimit(RLIMIT_FSIZE, &small);
  std::string first;
  for (int i = 0; i < 10'000 && first.empty(); ++i) first = append();
  const rlimit none{RLIM_INFINITY, RLIM_INFINITY};
  ::setrlimit(RLIMIT_FSIZE, &none);
  const std::string second = append();
  std::fprintf(stderr, "first: %s\nsecond: %s\n", first.c_str(), second.c_str());
  const bool told = first.find("writing record") != std::string::npos &&
                    second.find("not writing after a failure") != std::string::npos;
  std::_Exit(told ? 0 : 1);
}

TEST_F(RocksStoreTest, AfterAFailedWriteNothingIsWrittenAnyMore) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(fail_to_write(live()), ::testing::ExitedWithCode(0), "first: ");
}

TEST_F(RocksStoreTest, OperatorsCanSeeItsSizes) {
  open(live());
  write_some();
  open(live());  // what was in memory is in files now
  EXPECT_GT(store_->free_bytes(), 0U);
  const StoreSizes sizes = store_->sizes();
  EXPECT_GT(sizes.journal_files, 0U);
  EXPECT_GT(sizes.index_files, 0U);
  EXPECT_GT(sizes.write_buffers, 0U);
  EXPECT_EQ(sizes.keys, 5U);
}

TEST_F(RocksStoreTest, ADirectoryThatCannotBeMadeIsNamed) {
  std::ofstream{scratch_.path() + "/file"} << "x";
  const std::string error = error_of_opening(scratch_.path() + "/file/data");
  EXPECT_NE(error.find("/file/data"), std::string::npos) << error;
}

}  // namespace
}  // namespace gongji::stores
