#include "monitoring/institution_board.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace gongji::monitoring {
namespace {

using namespace std::chrono_literals;
using Outcome = TransactionOutcome;

class InstitutionBoardTest : public testing::Test {
 protected:
  void message(const std::string& code, int times = 1) {
    for (int i = 0; i < times; ++i) block_->institutions.count(code, Outcome::kApplied, 0.01, 100);
  }
  std::vector<InstitutionRow> rows() { return board_.rows({block_.get()}, now_ += 2s); }
  static double messages_of(const std::vector<InstitutionRow>& rows, const std::string& code) {
    for (const InstitutionRow& row : rows)
      if (row.code == code) return static_cast<double>(row.counts.messages());
    return -1;
  }

  std::unique_ptr<ThreadCounts> block_ = std::make_unique<ThreadCounts>();
  InstitutionBoard board_;
  std::chrono::steady_clock::time_point now_{1h};
};

TEST_F(InstitutionBoardTest, who_is_registered_is_there_from_the_start) {
  board_.know({"P1", "P2"});
  EXPECT_EQ(messages_of(rows(), "P1"), 0);
  EXPECT_EQ(messages_of(rows(), "P2"), 0);
  EXPECT_EQ(messages_of(rows(), "other"), 0);
}

TEST_F(InstitutionBoardTest, counts_each_and_nobody_as_other) {
  message("P1", 3);
  message("", 2);
  EXPECT_EQ(messages_of(rows(), "P1"), 3);
  EXPECT_EQ(messages_of(rows(), "other"), 2);
}

TEST_F(InstitutionBoardTest, ten_thousand_institutions_make_fifty_rows_and_other) {
  for (int i = 0; i < 10'000; ++i) message("P" + std::to_string(i));
  message("BUSY", 500);
  const auto seen = rows();
  EXPECT_EQ(seen.size(), kInstitutionsShown + 1);
  EXPECT_EQ(messages_of(seen, "BUSY"), 500);
  EXPECT_EQ(seen.back().code, "other");
  EXPECT_EQ(seen.back().counts.messages(), 10'000U - (kInstitutionsShown - 1));
}

TEST_F(InstitutionBoardTest, a_busy_newcomer_takes_the_quietest_place_and_no_counter_goes_down) {
  std::vector<std::string> codes;
  for (std::size_t i = 0; i < kInstitutionsShown; ++i) codes.push_back("P" + std::to_string(i));
  board_.know(codes);
  for (const std::string& code : codes) message(code, code == "P7" ? 1 : 50);
  (void)rows();
  message("NEW", 60);
  EXPECT_EQ(messages_of(rows(), "NEW"), -1) << "not twice as busy";
  EXPECT_EQ(messages_of(rows(), "other"), 60);
  message("NEW", 100);
  (void)rows();
  message("NEW", 5);
  message("P7", 2);
  const auto seen = rows();
  EXPECT_EQ(messages_of(seen, "NEW"), 105) << "what it did before stays with the others";
  EXPECT_EQ(messages_of(seen, "P7"), -1);
  EXPECT_EQ(messages_of(seen, "other"), 62);
}

TEST_F(InstitutionBoardTest, the_sums_of_all_threads_are_one) {
  ThreadCounts second;
  message("P1", 3);
  second.institutions.count("P1", Outcome::kRefused, 2.0, 200);
  const auto seen = board_.rows({block_.get(), &second}, now_);
  EXPECT_EQ(seen[0].counts.messages(), 4U);
  EXPECT_EQ(seen[0].counts.outcomes[index_of(Outcome::kRefused)], 1U);
  EXPECT_EQ(seen[0].counts.buckets.back(), 1U);
  EXPECT_EQ(seen[0].counts.last_message_s, 200);
}

}  // namespace
}  // namespace gongji::monitoring
