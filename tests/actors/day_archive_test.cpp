// An institution's day through the writer, the index and the postings is the one that a naive
// reading of the journal gives.
#include "actors/day_archive.hpp"

#include <gtest/gtest.h>

#include <random>

#include "domain/posting.hpp"
#include "stores/memory/memory_store.hpp"
#include "tests/stores/support/history.hpp"

namespace gongji::actors {
namespace {

using stores::testing::History;

constexpr HouseholdId kWang{1};
const InstitutionCode kShop{"P44010600123"};

class DayArchiveTest : public ::testing::Test {
 protected:
  DayArchiveTest() {
    auto opened = stores::open_memory_store(std::make_shared<stores::MemoryDisk>());
    store_ = std::move(opened).value();
    history_.next_epoch(store_->head().epoch);
    write(history_.enrol(kWang, "wang", Fen{1'000'000'000}));
  }
  void write(const RecordPtr& record) {
    ASSERT_TRUE(store_->append(store_->head().epoch, {&record, 1}).ok());
    ASSERT_TRUE(store_->index({&record, 1}).ok());
  }
  // "record kind original total" of all that was posted that day, read from the journal.
  [[nodiscard]] std::vector<std::string> recounted(std::uint32_t day) const {
    std::vector<std::string> lines;
    for (const RecordPtr& record : history_.records()) {
      const auto found = postings_of(*record);
      if (found.institution == nullptr || *found.institution != kShop) continue;
      if (day_bucket(record->at) != day) continue;
      if (found.undoing) lines.push_back(text_of(found.undoing->posting));
      if (found.settled) lines.push_back(text_of(found.settled->posting));
    }
    return lines;
  }
  static std::string text_of(const Posting& posting) {
    return std::to_string(posting.record.number()) + " " +
           std::to_string(static_cast<int>(posting.kind)) + " " +
           std::to_string(posting.original.number()) + " " + to_yuan_text(posting.total);
  }

  std::unique_ptr<stores::PairedStore> store_;
  History history_{Epoch{1}};
};

TEST_F(DayArchiveTest, ADayIsWhatTheJournalSaysOfIt) {
  std::mt19937 random{11};
  std::vector<RecordPtr> standing;
  for (int i = 0; i < 300; ++i) {
    if (i % 100 == 99) history_.next_day();
    const bool take_back = random() % 4 == 0 && !standing.empty();
    if (!take_back) {
      const char* where = random() % 5 == 0 ? "P9" : "P44010600123";
      standing.push_back(
          history_.sell(kWang, "wang", where, Fen{1 + static_cast<int>(random() % 900)}));
      write(standing.back());
      continue;
    }
    const std::size_t which = random() % standing.size();
    const auto kind = random() % 2 == 0 ? ReversalKind::kCancel : ReversalKind::kUndo;
    write(history_.take_back(standing[which], kind));
    standing.erase(standing.begin() + static_cast<std::ptrdiff_t>(which));
  }
  NoMetrics metrics;
  JournalWriter journal{*store_, *store_, metrics, [](const std::string&) { FAIL(); }};
  const DayArchive archive{*store_, *store_, journal};
  const std::uint32_t first = day_bucket(history_.records().front()->at);
  for (std::uint32_t day = first; day < first + 4; ++day) {
    const CivilDate date{std::chrono::sys_days{std::chrono::days{day}}};
    const auto found = archive.read(kShop, date);
    ASSERT_TRUE(found.ok()) << found.error().message;
    std::vector<std::string> lines;
    for (const Posting& posting : found->postings.entries) lines.push_back(text_of(posting));
    EXPECT_EQ(lines, recounted(day));
    if (lines.empty()) continue;
    EXPECT_FALSE(found->fates.empty()) << "of later days too";
  }
  EXPECT_EQ(*archive.find(Sequence{0}), nullptr);
  EXPECT_EQ(*archive.find(Sequence{9'999}), nullptr);
  EXPECT_EQ((*archive.find(Sequence{1}))->sequence, Sequence{1});
}

}  // namespace
}  // namespace gongji::actors
