#include "stores/rocksdb/log_tail.hpp"

#include <gtest/gtest.h>
#include <rocksdb/db.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include "stores/rocksdb/journal_keys.hpp"
#include "stores/rocksdb/log_batches.hpp"
#include "tests/stores/support/scratch_directory.hpp"

namespace gongji::stores {
namespace {

std::string contents_of(const std::filesystem::path& file) {
  std::ostringstream contents;
  contents << std::ifstream{file, std::ios::binary}.rdbuf();
  return contents.str();
}

class LogTail : public ::testing::Test {
 protected:
  // A log as RocksDB writes it: one batch that puts one group, in one piece of one block.
  void log(const std::string& name, std::uint64_t first) {
    const std::string batch =
        std::string(12, '\0') + "\x01\x0b" + group_key(Sequence{first}) + "rest";
    write(name, std::string{"sums"} + static_cast<char>(batch.size()) + '\0' + '\x01' + batch);
  }
  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream{directory_.path() + "/" + name, std::ios::binary} << bytes;
  }
  [[nodiscard]] bool beyond(std::uint64_t readable) const {
    return logs_go_beyond(directory_.path(), Sequence{readable});
  }

  testing::ScratchDirectory directory_;
};

TEST_F(LogTail, TheGroupThatFollowsIsTheTornOneAndProvesNothing) {
  log("000004.log", 11);
  EXPECT_FALSE(beyond(10));
  EXPECT_FALSE(beyond(11));
}

TEST_F(LogTail, AGroupBehindTheTornOneProvesThatItWasAcknowledged) {
  log("000004.log", 11);
  log("000007.log", 14);
  EXPECT_TRUE(beyond(10));
}

TEST_F(LogTail, OlderGroupsAndOtherFilesProveNothing) {
  log("000004.log", 3);
  log("000005.sst", 99);
  EXPECT_FALSE(beyond(10));
}

TEST_F(LogTail, ABatchThatIsNoGroupProvesNothing) {
  write("000004.log", std::string{"sums\x0f\0\x01", 7} + std::string(12, '\0') + "\x01\x01" + "e");
  EXPECT_FALSE(beyond(0));
}

TEST_F(LogTail, AKeyCutOffByTheEndIsNoKey) {
  write("1.log", std::string{"sums\x20\0\x01", 7} + std::string(12, '\0') +
                     std::string("\x01\x0bj\0\0\0\0", 7));
  EXPECT_FALSE(beyond(0));
  EXPECT_FALSE(logs_go_beyond("/nowhere", Sequence{}));
}

// The pieces of a batch have headers between them: read through, their checksums look like parts of
// a key. Groups of every size put the ends of blocks at every place of a key.
class LogOfRocks : public LogTail {
 protected:
  void put_groups(std::uint64_t count) {
    rocksdb::Options options;
    options.create_if_missing = true;
    rocksdb::DB* opened = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open(options, directory_.path(), &opened).ok());
    const std::unique_ptr<rocksdb::DB> database{opened};
    for (std::uint64_t first = 1; first <= count; ++first)
      ASSERT_TRUE(database->Put({}, group_key(Sequence{first}), std::string(first % 97, 'v')).ok());
    ASSERT_TRUE(database->Put({}, group_key(Sequence{count + 1}), std::string(70'000, 'v')).ok());
  }
};

TEST_F(LogOfRocks, TheEndsOfBlocksProveNothingWhereverTheyFall) {
  put_groups(100'000);
  EXPECT_FALSE(beyond(100'000));
  EXPECT_TRUE(beyond(99'999));
}

TEST_F(LogOfRocks, EveryGroupIsFoundAcrossTheEndsOfBlocks) {
  put_groups(20'000);
  std::uint64_t found = 0;
  for (const auto& entry : std::filesystem::directory_iterator{directory_.path()})
    if (entry.path().extension() == ".log")
      for_each_batch(contents_of(entry.path()), [&](std::string_view batch) {
        EXPECT_EQ(batch.substr(2, 11), group_key(Sequence{++found}));
      });
  EXPECT_EQ(found, 20'001U);
}

}  // namespace
}  // namespace gongji::stores
