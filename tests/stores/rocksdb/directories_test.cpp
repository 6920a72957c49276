#include "stores/rocksdb/directories.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/stores/support/scratch_directory.hpp"

namespace gongji::stores {
namespace {

TEST(Directories, AreMadeWithTheirParentsAndRemovedWithTheirContents) {
  const testing::ScratchDirectory scratch;
  const std::string deep = scratch.path() + "/a/b/c";
  ASSERT_TRUE(make_directory(deep).ok());
  ASSERT_TRUE(make_directory(deep).ok()) << "it is there already";
  ASSERT_TRUE(make_directory(deep + "/").ok());
  std::ofstream{deep + "/file"} << "x";
  ASSERT_TRUE(remove_directory(scratch.path() + "/a").ok());
  EXPECT_FALSE(std::filesystem::exists(scratch.path() + "/a"));
  EXPECT_TRUE(remove_directory(scratch.path() + "/a").ok()) << "it is gone already";
}

TEST(Directories, AnErrorNamesTheDirectory) {
  const testing::ScratchDirectory scratch;
  std::ofstream{scratch.path() + "/file"} << "x";
  const auto made = make_directory(scratch.path() + "/file/below");
  ASSERT_FALSE(made.ok());
  EXPECT_NE(made.error().message.find("/file/below"), std::string::npos) << made.error().message;
}

TEST(Directories, FreeSpaceIsToldOrZero) {
  const testing::ScratchDirectory scratch;
  EXPECT_GT(free_bytes_at(scratch.path()), 0U);
  EXPECT_EQ(free_bytes_at("/nowhere/at/all"), 0U);
}

}  // namespace
}  // namespace gongji::stores
