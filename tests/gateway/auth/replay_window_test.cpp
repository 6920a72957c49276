#include "gateway/auth/replay_window.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>

namespace gongji::gateway::auth {
namespace {

using std::chrono::seconds;
using Verdict = ReplayWindow::Verdict;

constexpr seconds kNow{1'795'313'730};

std::string nonce(int number) { return "nonce-" + std::to_string(number); }

TEST(ReplayWindow, ANonceIsGoodOnce) {
  ReplayWindow window{{}};
  EXPECT_EQ(window.admit("P1", "a", kNow, kNow), Verdict::kFresh);
  EXPECT_EQ(window.admit("P1", "a", kNow, kNow), Verdict::kSeen);
  EXPECT_EQ(window.admit("P1", "a", kNow + seconds{7}, kNow), Verdict::kSeen)
      << "whatever its timestamp";
  EXPECT_EQ(window.admit("P2", "a", kNow, kNow), Verdict::kFresh) << "each institution has its own";
}

TEST(ReplayWindow, RemembersAsLongAsItsTimestampIsAcceptedAndNoLonger) {
  for (const int off_s : {-300, -1, 0, 1, 300}) {
    ReplayWindow window{{}};
    const seconds sent = kNow + seconds{off_s};
    EXPECT_EQ(window.admit("P1", "a", sent, kNow), Verdict::kFresh) << off_s;
    const seconds last = sent + seconds{300};
    EXPECT_EQ(window.admit("P1", "a", last, last), Verdict::kSeen) << off_s;
    EXPECT_EQ(window.admit("P1", "b", last + seconds{1}, last + seconds{1}), Verdict::kFresh);
    EXPECT_EQ(window.size(), 1U) << "the first one has gone";
    EXPECT_EQ(window.admit("P1", "a", sent, last + seconds{1}), Verdict::kFull)
        << "too old to be known, so it is refused";
  }
}

TEST(ReplayWindow, OneInstitutionFillsAnEighthAndLeavesRoomForTheOthers) {
  ReplayWindow window{{.nonces_max = 800}};
  int fresh = 0;
  for (int i = 0; i < 800; ++i)
    fresh += window.admit("P1", nonce(i), kNow + seconds{i % 10}, kNow) == Verdict::kFresh ? 1 : 0;
  EXPECT_EQ(fresh, 100);
  EXPECT_EQ(window.admit("P1", nonce(0), kNow, kNow), Verdict::kSeen) << "nothing was forgotten";
  EXPECT_EQ(window.admit("P2", nonce(0), kNow, kNow), Verdict::kFresh);
}

TEST(ReplayWindow, OneSecondTakesAQuarterAndAllTogetherTheMaximum) {
  ReplayWindow window{{.nonces_max = 800}};
  int in_one_second = 0;
  int in_all = 0;
  for (int shop = 0; shop < 20; ++shop)
    for (int i = 0; i < 100; ++i)
      in_one_second +=
          window.admit("P" + std::to_string(shop), nonce(i), kNow, kNow) == Verdict::kFresh ? 1 : 0;
  EXPECT_EQ(in_one_second, 200);
  for (int shop = 0; shop < 20; ++shop)
    for (int i = 0; i < 100; ++i)
      in_all += window.admit("Q" + std::to_string(shop), nonce(i), kNow + seconds{1 + shop},
                             kNow) == Verdict::kFresh
                    ? 1
                    : 0;
  EXPECT_EQ(in_all, 600);
  EXPECT_EQ(window.size(), 800U);
}

TEST(ReplayWindow, MemoryStaysWithinItsBoundAndIsGivenBack) {
  constexpr std::size_t kNonces = 80'000;
  ReplayWindow window{{.nonces_max = kNonces}};
  const std::size_t empty_bytes = window.bytes();
  for (int shop = 0; shop < 16; ++shop)
    for (int i = 0; i < 10'000; ++i)
      (void)window.admit("P" + std::to_string(shop), nonce(i), kNow + seconds{i % 600 - 300}, kNow);
  EXPECT_EQ(window.size(), kNonces);
  EXPECT_LE(window.bytes(), empty_bytes + ReplayWindow::kBytesPerNonce * kNonces);
  EXPECT_EQ(window.admit("P1", "late", kNow + seconds{601}, kNow + seconds{601}), Verdict::kFresh);
  EXPECT_EQ(window.size(), 1U);
}

class ReplayWindowOnDisk : public testing::Test {
 protected:
  ReplayWindowOnDisk() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "gongji-nonces-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
  }
  ~ReplayWindowOnDisk() override { std::filesystem::remove_all(folder); }

  std::unique_ptr<ReplayWindow> open(seconds now) {
    auto window = std::make_unique<ReplayWindow>(ReplayLimits{.nonces_max = 8000});
    const auto kept = window->keep_in(folder, now);
    EXPECT_TRUE(kept.ok()) << (kept.ok() ? "" : kept.error());
    return window;
  }
  std::string folder;
};

TEST_F(ReplayWindowOnDisk, ARestartForgetsNothingThatCouldStillBeAccepted) {
  for (int restart = 0; restart < 3; ++restart) {
    const seconds now = kNow + seconds{100 * restart};
    const auto window = open(now);
    for (int i = 0; i < 100 * restart; ++i)
      EXPECT_EQ(window->admit("P1", nonce(i), kNow + seconds{i / 4}, now), Verdict::kSeen) << i;
    for (int i = 100 * restart; i < 100 * (restart + 1); ++i)
      EXPECT_EQ(window->admit("P1", nonce(i), now + seconds{i / 4}, now), Verdict::kFresh) << i;
  }
  EXPECT_EQ(open(kNow + seconds{700})->size(), 0U) << "too old to matter";
}

TEST_F(ReplayWindowOnDisk, TheFilesAreEmptiedInTurn) {
  const auto window = open(kNow);
  for (int minute = 0; minute < 120; ++minute) {
    const seconds now = kNow + seconds{60 * minute};
    for (int i = 0; i < 10; ++i)
      ASSERT_EQ(window->admit("P1", nonce(1000 * minute + i), now, now), Verdict::kFresh);
  }
  std::uintmax_t bytes = 0;
  for (const auto& entry : std::filesystem::directory_iterator{folder}) bytes += entry.file_size();
  EXPECT_LE(bytes, 2 * 11 * 10 * 16U) << "two turns of ten minutes";
}

TEST_F(ReplayWindowOnDisk, HalfALineIsCutOff) {
  (void)open(kNow)->admit("P1", "a", kNow, kNow);
  for (const char* name : {"/nonces.0", "/nonces.1"})
    std::ofstream{folder + name, std::ios::app} << "half";
  EXPECT_EQ(open(kNow)->admit("P1", "b", kNow, kNow), Verdict::kFresh);
  const auto window = open(kNow);
  EXPECT_EQ(window->admit("P1", "a", kNow, kNow), Verdict::kSeen);
  EXPECT_EQ(window->admit("P1", "b", kNow, kNow), Verdict::kSeen);
}

TEST_F(ReplayWindowOnDisk, AFolderThatIsNotThereIsNamed) {
  ReplayWindow window{{}};
  const auto kept = window.keep_in("/nowhere", kNow);
  ASSERT_FALSE(kept.ok());
  EXPECT_NE(kept.error().find("/nowhere/nonces.0"), std::string::npos);
}

TEST(ReplayWindow, TimeThatRunsBackwardsForgetsNothing) {
  ReplayWindow window{{}};
  EXPECT_EQ(window.admit("P1", "a", kNow, kNow), Verdict::kFresh);
  EXPECT_EQ(window.admit("P1", "b", kNow + seconds{900}, kNow + seconds{900}), Verdict::kFresh);
  EXPECT_EQ(window.admit("P1", "a", kNow, kNow), Verdict::kFull);
  EXPECT_EQ(window.admit("P1", "c", kNow + seconds{600}, kNow + seconds{600}), Verdict::kFresh);
}

}  // namespace
}  // namespace gongji::gateway::auth
