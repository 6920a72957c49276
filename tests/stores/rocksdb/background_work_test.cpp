// Who writes buffers out and who deletes files step back behind settlements; seen in the threads of
// this process, by name.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <thread>

#include "stores/rocksdb/rocks_store.hpp"
#include "tests/stores/support/history.hpp"
#include "tests/stores/support/scratch_directory.hpp"

namespace gongji::stores {
namespace {

using testing::History;

std::optional<int> niceness_of_thread(const std::string& name) {
  for (const auto& task : std::filesystem::directory_iterator{"/proc/self/task"}) {
    std::string called;
    std::getline(std::ifstream{task.path() / "comm"}, called);
    const auto id = static_cast<id_t>(std::stoul(task.path().filename()));
    if (called == name) return ::getpriority(PRIO_PROCESS, id);
  }
  return std::nullopt;
}

class BackgroundWorkTest : public ::testing::Test {
 protected:
  // Small buffers, so that some are written out soon.
  void SetUp() override {
    StoreOptions options;
    options.data_dir = scratch_.path();
    options.journal_write_buffer_bytes = 64 << 10;
    auto opened = open_rocks_store(options);
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    store_ = std::move(opened).value();
    history_.next_epoch(store_->head().epoch);
  }
  // More than a buffer holds; whether one is full is looked at before each append.
  void write_much() {
    append({history_.enrol(HouseholdId{1}, "wang", Fen{10'000'000})});
    for (int i = 0; i < 10; ++i) {
      std::vector<RecordPtr> records;
      while (records.size() < 500)
        records.push_back(history_.settle(HouseholdId{1}, "wang", Fen{100}));
      append(records);
    }
  }
  void append(const std::vector<RecordPtr>& records) {
    ASSERT_TRUE(store_->append(store_->head().epoch, records).ok());
  }

  testing::ScratchDirectory scratch_;
  std::unique_ptr<RocksStore> store_;
  History history_{Epoch{1}};
};

TEST_F(BackgroundWorkTest, WhatWritesBuffersOutStepsBack) {
  write_much();
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{10};
  std::optional<int> niceness;
  while (!niceness && std::chrono::steady_clock::now() < deadline) {
    niceness = niceness_of_thread("rocksdb:flush");
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
  ASSERT_TRUE(niceness.has_value()) << "no buffer was written out";
  EXPECT_GE(*niceness, 10);
  EXPECT_LT(::getpriority(PRIO_PROCESS, 0), 10) << "whoever writes stays where he is";
}

TEST_F(BackgroundWorkTest, WhatDeletesFilesStepsBack) {
  const auto niceness = niceness_of_thread("rocksdb:delete");
  ASSERT_TRUE(niceness.has_value()) << "nobody deletes beside the others";
  EXPECT_GE(*niceness, 10);
}

}  // namespace
}  // namespace gongji::stores
