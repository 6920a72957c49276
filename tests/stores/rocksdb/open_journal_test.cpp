#include "stores/rocksdb/open_journal.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "stores/rocksdb/tuning.hpp"
#include "tests/stores/support/scratch_directory.hpp"

namespace gongji::stores {
namespace {

namespace fs = std::filesystem;

// A file of this length that takes no place: the log of somebody whose disk is far too small.
void put_log(const std::string& directory, std::uintmax_t bytes) {
  const fs::path log = fs::path{directory} / "000004.log";
  std::ofstream{log}.flush();
  fs::resize_file(log, bytes);
}

TEST(OpenJournal, ADiskWithoutRoomForWhatTheLogsHoldIsRefusedByName) {
  const testing::ScratchDirectory scratch;
  put_log(scratch.path(), std::uintmax_t{8} << 40);
  const auto opened = open_journal_database(scratch.path(), journal_tuning({}, nullptr), nullptr);
  ASSERT_FALSE(opened.ok());
  EXPECT_NE(
      opened.error().message.find("No space left on device: it may write 4398047559680 bytes"),
      std::string::npos)
      << opened.error().message;
  EXPECT_EQ(std::distance(fs::directory_iterator{scratch.path()}, fs::directory_iterator{}), 1)
      << "nothing else was made";
}

TEST(OpenJournal, ADiskWithRoomIsNot) {
  const testing::ScratchDirectory scratch;
  EXPECT_TRUE(open_journal_database(scratch.path(), journal_tuning({}, nullptr), nullptr).ok());
}

}  // namespace
}  // namespace gongji::stores
