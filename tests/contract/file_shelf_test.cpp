// What every FileShelf must do (ports/file_shelf.hpp).
#include "ports/file_shelf.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <set>

#include "stores/files/disk_file_shelf.hpp"
#include "stores/memory/memory_file_shelf.hpp"
#include "tests/stores/support/scratch_directory.hpp"

namespace gongji::stores::testing {
namespace {

using namespace std::chrono_literals;

const InstitutionCode kShop{"P44010600123"};
const InstitutionCode kOther{"P44010600124"};
const Instant kNow =
    start_of(CivilDate{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{23}}) + 1h;

// Where a shelf lies; outlasts it.
class ShelfPlace {
 public:
  virtual ~ShelfPlace() = default;
  virtual std::unique_ptr<FileShelf> open(ShelfLimits limits) = 0;
};
class MemoryShelfPlace final : public ShelfPlace {
 public:
  std::unique_ptr<FileShelf> open(ShelfLimits limits) override {
    return std::make_unique<MemoryFileShelf>(limits);
  }
};
class DiskShelfPlace final : public ShelfPlace {
 public:
  std::unique_ptr<FileShelf> open(ShelfLimits limits) override {
    auto shelf = DiskFileShelf::open(path(), limits);
    EXPECT_TRUE(shelf.ok()) << (shelf.ok() ? "" : shelf.error().message);
    return shelf.ok() ? std::move(shelf).value() : nullptr;
  }
  [[nodiscard]] std::string path() const { return scratch_.path() + "/files"; }

 private:
  ScratchDirectory scratch_;
};

struct ShelfKind {
  std::string name;
  std::unique_ptr<ShelfPlace> (*make)();
};
std::vector<ShelfKind> kinds() {
  return {
      {"Memory",
       []() -> std::unique_ptr<ShelfPlace> { return std::make_unique<MemoryShelfPlace>(); }},
      {"Disk", []() -> std::unique_ptr<ShelfPlace> { return std::make_unique<DiskShelfPlace>(); }}};
}

class FileShelfContract : public ::testing::TestWithParam<ShelfKind> {
 protected:
  void SetUp() override { open({}); }
  void open(ShelfLimits limits) { shelf_ = place_->open(limits); }
  ShelvedFile put(const InstitutionCode& owner, std::string_view name, std::string_view bytes,
                  Instant now = kNow) {
    const auto file = shelf_->put(owner, name, bytes, now);
    EXPECT_TRUE(file.ok() && *file);
    return file.ok() && *file ? **file : ShelvedFile{};
  }
  bool fits(const InstitutionCode& owner, std::size_t bytes, Instant now = kNow) {
    return shelf_->put(owner, "x", std::string(bytes, 'x'), now)->has_value();
  }
  // The contents; "?" when there is no such file.
  std::string found(const InstitutionCode& owner, const std::string& number, Instant now = kNow) {
    const auto file = shelf_->find(owner, number, now);
    EXPECT_TRUE(file.ok());
    return file.ok() && *file ? (*file)->bytes : "?";
  }

  std::unique_ptr<ShelfPlace> place_ = GetParam().make();
  std::unique_ptr<FileShelf> shelf_;
};

INSTANTIATE_TEST_SUITE_P(Shelves, FileShelfContract, ::testing::ValuesIn(kinds()),
                         [](const auto& kind) { return kind.param.name; });

TEST_P(FileShelfContract, AFileIsFoundByItsOwnerUnderItsNumber) {
  const std::string bytes{"PK\x03\x04\0\0zip", 9};
  const ShelvedFile file = put(kShop, "对账 20261122.zip", bytes);
  const auto found = shelf_->find(kShop, file.number, kNow);
  ASSERT_TRUE(found.ok() && *found);
  EXPECT_EQ((*found)->bytes, bytes);
  EXPECT_EQ((*found)->file, file);
  EXPECT_EQ(file.name, "对账 20261122.zip");
  EXPECT_EQ(file.owner, kShop);
}

TEST_P(FileShelfContract, ANumberHasThirtyCharactersAndIsNeverGivenTwice) {
  std::set<std::string> numbers;
  for (int i = 0; i < 50; ++i) numbers.insert(put(kShop, "a", "b").number);
  EXPECT_EQ(numbers.size(), 50U);
  EXPECT_EQ(*numbers.begin(), "FQ2026112300000000000000000001");
  EXPECT_EQ(numbers.begin()->size(), 30U);
}

TEST_P(FileShelfContract, AnothersFileIsAsUnknownAsNone) {
  const ShelvedFile file = put(kShop, "a", "secret");
  EXPECT_EQ(found(kOther, file.number), "?");
  EXPECT_EQ(found(kOther, "FQ2026112300000000000000000099"), "?");
  EXPECT_EQ(found(kShop, ""), "?");
  EXPECT_EQ(found(kShop, "../owner"), "?");
}

TEST_P(FileShelfContract, AFileIsKeptToTheEndOfItsLastDay) {
  const ShelvedFile file = put(kShop, "a", "b");
  EXPECT_EQ(to_civil_text(file.kept_until), "2026-11-30 00:00:00");
  EXPECT_EQ(found(kShop, file.number, file.kept_until - 1ms), "b");
  EXPECT_EQ(found(kShop, file.number, file.kept_until), "?");
  EXPECT_EQ(shelf_->remove_expired(file.kept_until - 1ms), 0U);
  EXPECT_EQ(shelf_->remove_expired(file.kept_until), 1U);
  EXPECT_EQ(shelf_->remove_expired(file.kept_until), 0U);
  EXPECT_EQ(found(kShop, file.number), "?");
}

TEST_P(FileShelfContract, AnOwnersRoomIsLimitedByBytesAndByFiles) {
  open({.owner_bytes_max = 100, .owner_files_max = 3, .keep_days = 7});
  EXPECT_TRUE(fits(kShop, 60));
  EXPECT_FALSE(fits(kShop, 41));
  EXPECT_TRUE(fits(kOther, 100));
  EXPECT_TRUE(fits(kShop, 40));
  EXPECT_TRUE(fits(kShop, 0));
  EXPECT_FALSE(fits(kShop, 0));
  EXPECT_TRUE(fits(kShop, 100, kNow + 24h * 8)) << "what is expired takes no room";
}

TEST_P(FileShelfContract, TellsHowMuchLiesThere) {
  EXPECT_EQ(shelf_->figures(), (ShelfFigures{0, 0}));
  const ShelvedFile first = put(kShop, "a", "12345");
  put(kOther, "b", "123", kNow + 24h);
  EXPECT_EQ(shelf_->figures(), (ShelfFigures{2, 8}));
  EXPECT_EQ(shelf_->remove_expired(first.kept_until), 1U);
  EXPECT_EQ(shelf_->figures(), (ShelfFigures{1, 3}));
}

TEST_P(FileShelfContract, AnEmptyFileIsAFile) {
  EXPECT_EQ(found(kShop, put(kShop, "", "").number), "");
}

class DiskShelf : public ::testing::Test {
 protected:
  void SetUp() override { shelf_ = place_.open({}); }
  void reopen() {
    shelf_.reset();
    shelf_ = place_.open({});
  }
  DiskShelfPlace place_;
  std::unique_ptr<FileShelf> shelf_;
};

TEST_F(DiskShelf, SurvivesARestartWithItsNumbers) {
  const ShelvedFile first = **shelf_->put(kShop, "名.zip", "bytes", kNow);
  reopen();
  const auto found = shelf_->find(kShop, first.number, kNow);
  ASSERT_TRUE(found.ok() && *found);
  EXPECT_EQ((*found)->file, first);
  EXPECT_EQ((*found)->bytes, "bytes");
  EXPECT_EQ(shelf_->figures(), (ShelfFigures{1, 5}));
  EXPECT_NE((**shelf_->put(kShop, "b", "", kNow)).number, first.number);
}

TEST_F(DiskShelf, WhatACrashLeftHalfWrittenIsRemovedAndStrangersAreNotGivenOut) {
  const ShelvedFile whole = **shelf_->put(kShop, "a", "bytes", kNow);
  const auto write = [&](const std::string& name, const std::string& bytes) {
    std::ofstream{place_.path() + "/" + name, std::ios::binary} << bytes;
  };
  write("FQ2026112300000000000000000007.part", "GJFILE1\n");
  write("FQ2026112300000000000000000008", "GJFILE1\n");
  write("notes.txt", "of an operator");
  std::filesystem::resize_file(place_.path() + "/" + whole.number, 20);
  reopen();
  EXPECT_FALSE(std::filesystem::exists(place_.path() + "/FQ2026112300000000000000000007.part"));
  EXPECT_TRUE(std::filesystem::exists(place_.path() + "/notes.txt"));
  EXPECT_FALSE(*shelf_->find(kShop, "FQ2026112300000000000000000008", kNow));
  EXPECT_FALSE(*shelf_->find(kShop, whole.number, kNow));
}

TEST_F(DiskShelf, AFileThatWentMissingIsAnErrorNotAnEmptyFile) {
  const ShelvedFile file = **shelf_->put(kShop, "a", "bytes", kNow);
  std::filesystem::remove(place_.path() + "/" + file.number);
  EXPECT_FALSE(shelf_->find(kShop, file.number, kNow).ok());
}

TEST_F(DiskShelf, AWriteThatFailsLeavesNothingBehind) {
  std::filesystem::remove_all(place_.path());
  EXPECT_FALSE(shelf_->put(kShop, "a", "bytes", kNow).ok());
  reopen();
  EXPECT_TRUE(std::filesystem::is_empty(place_.path()));
}

}  // namespace
}  // namespace gongji::stores::testing
