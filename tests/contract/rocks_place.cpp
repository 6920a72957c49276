#include <gtest/gtest.h>
#include <rocksdb/db.h>

#include <filesystem>

#include "stores/rocksdb/journal_keys.hpp"
#include "stores/rocksdb/rocks_store.hpp"
#include "tests/contract/store_place.hpp"
#include "tests/stores/support/scratch_directory.hpp"

namespace gongji::stores::testing {
namespace {

class RocksPlace final : public StorePlace {
 public:
  Result<std::unique_ptr<PairedStore>, StoreError> open() override {
    // Little at a time, so that the tests reach every way an index entry takes.
    auto store = open_rocks_store({.data_dir = directory_.path(), .index_flush_records = 4});
    if (!store) return std::move(store).error();
    return std::unique_ptr<PairedStore>{std::move(store).value()};
  }
  void change_group(Sequence first, const Change& change) override {
    const auto database = open_journal();
    std::string frame;
    ASSERT_TRUE(database->Get({}, group_key(first), &frame).ok());
    change(frame);
    ASSERT_TRUE(database->Put({}, group_key(first), frame).ok());
  }
  void remove_group(Sequence first) override {
    ASSERT_TRUE(open_journal()->Delete({}, group_key(first)).ok());
  }
  void lose_index() override { std::filesystem::remove_all(directory_.path() + "/index"); }

 private:
  [[nodiscard]] std::unique_ptr<rocksdb::DB> open_journal() const {
    rocksdb::DB* database = nullptr;
    const auto status = rocksdb::DB::Open({}, directory_.path() + "/journal", &database);
    EXPECT_TRUE(status.ok()) << status.ToString();
    return std::unique_ptr<rocksdb::DB>{database};
  }

  ScratchDirectory directory_;
};

}  // namespace

std::unique_ptr<StorePlace> make_rocks_place() { return std::make_unique<RocksPlace>(); }

}  // namespace gongji::stores::testing
