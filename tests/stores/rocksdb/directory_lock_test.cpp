#include "stores/rocksdb/directory_lock.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "tests/stores/support/scratch_directory.hpp"

namespace gongji::stores {
namespace {

class DirectoryLocks : public ::testing::Test {
 protected:
  testing::ScratchDirectory directory_;
};

TEST_F(DirectoryLocks, ASecondOwnerIsToldWhoHoldsIt) {
  const auto owner = DirectoryLock::exclusive(directory_.path());
  ASSERT_TRUE(owner.ok()) << owner.error().message;
  const auto second = DirectoryLock::exclusive(directory_.path());
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().message, "data directory " + directory_.path() +
                                        " is in use by process " + std::to_string(::getpid()) +
                                        "; stop it first, or work on a checkpoint of it");
}

TEST_F(DirectoryLocks, ItEndsWithItsHolder) {
  { ASSERT_TRUE(DirectoryLock::exclusive(directory_.path()).ok()); }
  EXPECT_TRUE(DirectoryLock::exclusive(directory_.path()).ok());
}

TEST_F(DirectoryLocks, MovingItKeepsIt) {
  auto owner = DirectoryLock::exclusive(directory_.path());
  DirectoryLock elsewhere;
  elsewhere = std::move(owner).value();
  EXPECT_FALSE(DirectoryLock::exclusive(directory_.path()).ok());
}

TEST_F(DirectoryLocks, ReadersShareItAndKeepOwnersOut) {
  { ASSERT_TRUE(DirectoryLock::exclusive(directory_.path()).ok()); }
  const auto reader = DirectoryLock::shared(directory_.path());
  ASSERT_TRUE(reader.ok());
  EXPECT_TRUE(DirectoryLock::shared(directory_.path()).ok());
  EXPECT_FALSE(DirectoryLock::exclusive(directory_.path()).ok());
}

TEST_F(DirectoryLocks, AnOwnerKeepsReadersOut) {
  const auto owner = DirectoryLock::exclusive(directory_.path());
  EXPECT_FALSE(DirectoryLock::shared(directory_.path()).ok());
}

TEST_F(DirectoryLocks, ADirectoryNobodyOwnedIsReadWithoutALock) {
  EXPECT_TRUE(DirectoryLock::shared(directory_.path()).ok());
  EXPECT_FALSE(std::ifstream{directory_.path() + "/owner"}.is_open());
}

TEST_F(DirectoryLocks, AMissingDirectoryIsNamed) {
  const auto lock = DirectoryLock::exclusive("/nowhere/at/all");
  ASSERT_FALSE(lock.ok());
  EXPECT_NE(lock.error().message.find("/nowhere/at/all/owner"), std::string::npos);
}

}  // namespace
}  // namespace gongji::stores
