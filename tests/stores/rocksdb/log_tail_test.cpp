#include "stores/rocksdb/log_tail.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "stores/rocksdb/journal_keys.hpp"
#include "tests/stores/support/scratch_directory.hpp"

namespace gongji::stores {
namespace {

class LogTail : public ::testing::Test {
 protected:
  // A log as RocksDB writes it, as far as it matters here: a put of a group's key.
  void log(const std::string& name, std::uint64_t first) {
    std::ofstream{directory_.path() + "/" + name, std::ios::binary}
        << "header" << '\x01' << '\x0b' << group_key(Sequence{first}) << "rest";
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

TEST_F(LogTail, WhatNoLogCanReachIsNoKey) {
  log("000004.log", std::uint64_t{1} << 60);
  EXPECT_FALSE(beyond(10));
}

TEST_F(LogTail, AKeyCutOffByTheEndIsNoKey) {
  std::ofstream{directory_.path() + "/1.log", std::ios::binary}
      << std::string("\x01\x0bj\0\0\0\0", 7);
  EXPECT_FALSE(beyond(0));
  EXPECT_FALSE(logs_go_beyond("/nowhere", Sequence{}));
}

}  // namespace
}  // namespace gongji::stores
