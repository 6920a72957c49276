// What the contract tests share: a store in a fresh place, opened and reopened.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/contract/store_place.hpp"
#include "tests/stores/support/history.hpp"

namespace gongji::stores::testing {

inline constexpr HouseholdId kWang{1};
inline constexpr HouseholdId kLi{2};

class StoreContract : public ::testing::TestWithParam<PlaceKind> {
 protected:
  void SetUp() override { reopen(); }

  void close() { store_.reset(); }
  void reopen() {
    close();
    auto opened = place_->open();
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    store_ = std::move(opened).value();
    history_.next_epoch(store_->head().epoch);
  }
  // One durable and indexed group.
  void write(const std::vector<RecordPtr>& records) {
    const auto appended = store_->append(store_->head().epoch, records);
    ASSERT_TRUE(appended.ok()) << appended.error().message;
    const auto indexed = store_->index(records);
    ASSERT_TRUE(indexed.ok()) << indexed.error().message;
  }
  struct Scan {
    std::string seen;   // the sequences visited
    std::string error;  // "" when it ended well
  };
  Scan scan_from(Sequence from) {
    Scan scan;
    const auto status = store_->scan(from, [&](const RecordPtr& record) {
      scan.seen += std::to_string(record->sequence.number()) + " ";
      return true;
    });
    if (!status) scan.error = status.error().message;
    return scan;
  }
  // The sequences a scan visits when all is well.
  std::string scanned(Sequence from) {
    const Scan scan = scan_from(from);
    EXPECT_EQ(scan.error, "");
    return scan.seen;
  }

  std::unique_ptr<StorePlace> place_ = GetParam().make();
  std::unique_ptr<PairedStore> store_;
  History history_{Epoch{1}};
};

inline std::string name_of(const ::testing::TestParamInfo<PlaceKind>& kind) {
  return kind.param.name;
}

}  // namespace gongji::stores::testing
