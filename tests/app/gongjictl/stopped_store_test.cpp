#include "app/gongjictl/stopped_store.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "app/gongjictl/audit.hpp"
#include "stores/rocksdb/rocks_store.hpp"
#include "tests/app/gongjictl/support/ops_listener.hpp"

namespace gongji::ctl {
namespace {

namespace fs = std::filesystem;

class StoppedStoreTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() /
              ("gongjictl-" + std::to_string(::getpid()) + "-" + test->name());
    fs::create_directories(folder_);
    settings_.data_dir = (folder_ / "data dir").string();
    settings_.ops_url = "http://127.0.0.1:1";  // nobody
  }
  void TearDown() override { fs::remove_all(folder_); }

  // A store with one record, held open.
  std::unique_ptr<stores::RocksStore> running_store() const {
    stores::StoreOptions options;
    options.data_dir = settings_.data_dir;
    auto store = stores::open_rocks_store(options);
    if (!store) throw std::runtime_error{store.error().message};
    auto record = std::make_shared<JournalRecord>();
    record->sequence = Sequence{1};
    record->epoch = (*store)->head().epoch;
    record->command = TombstoneCommand{};
    record->outcome = Events{};
    const RecordPtr group[] = {record};
    EXPECT_TRUE((*store)->append(record->epoch, group).ok());
    return std::move(*store);
  }

  fs::path folder_;
  Settings settings_;
};

TEST_F(StoppedStoreTest, reads_a_stopped_store_as_it_lies) {
  running_store().reset();
  const auto store = StoppedStore::open(settings_);
  ASSERT_TRUE(store.ok()) << store.error();
  EXPECT_FALSE(store->is_checkpoint());
  EXPECT_EQ(audit_journal(store->journal()).totals.records, 1u);
}

TEST_F(StoppedStoreTest, reads_a_running_store_through_a_checkpoint_and_removes_it_again) {
  const auto running = running_store();
  std::string made;
  OpsListener ops{[&](const std::string& target) {
    EXPECT_TRUE(target.starts_with("/admin/checkpoint?dir=")) << target;
    made = dir_parameter(target);
    EXPECT_TRUE(running->checkpoint(made).ok());
    return OpsListener::Answer{200, R"({"dir":")" + made + "\"}"};
  }};
  settings_.ops_url = ops.url();
  {
    const auto store = StoppedStore::open(settings_);
    ASSERT_TRUE(store.ok()) << store.error();
    EXPECT_TRUE(store->is_checkpoint());
    EXPECT_EQ(fs::path{made}.parent_path(), folder_);  // beside the data, so that links suffice
    EXPECT_TRUE(fs::exists(made));
    EXPECT_TRUE(audit_journal(store->journal()).holds());
    EXPECT_EQ(audit_journal(store->journal()).totals.records, 1u);
  }
  EXPECT_FALSE(fs::exists(made));
  EXPECT_TRUE(fs::exists(settings_.data_dir));
}

TEST_F(StoppedStoreTest, says_that_the_store_is_in_use_and_why_there_is_no_checkpoint) {
  const auto running = running_store();
  const auto nobody = StoppedStore::open(settings_);
  ASSERT_FALSE(nobody.ok());
  EXPECT_NE(nobody.error().find("in use"), std::string::npos) << nobody.error();
  EXPECT_NE(nobody.error().find("127.0.0.1:1"), std::string::npos) << nobody.error();

  OpsListener refusing{[](const std::string&) {
    return OpsListener::Answer{401, R"({"code":"E_UNAUTHENTICATED"})"};
  }};
  settings_.ops_url = refusing.url();
  const auto refused = StoppedStore::open(settings_);
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().find("E_UNAUTHENTICATED"), std::string::npos) << refused.error();
}

TEST_F(StoppedStoreTest, asks_for_the_directory_when_there_is_none) {
  EXPECT_NE(StoppedStore::open(settings_).error().find(settings_.data_dir), std::string::npos);
  settings_.data_dir.clear();
  EXPECT_NE(StoppedStore::open(settings_).error().find("--data-dir"), std::string::npos);
}

}  // namespace
}  // namespace gongji::ctl
