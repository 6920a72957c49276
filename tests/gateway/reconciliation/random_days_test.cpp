// Random days of settlements, cancels, reversals, cancels undone and partial refunds: the totals of
// the ledger lines are those of a recount that knows nothing of postings.
#include <gtest/gtest.h>

#include <array>
#include <random>

#include "tests/gateway/reconciliation/day_story.hpp"

namespace gongji::gateway::testing {
namespace {

constexpr int kDays = 3;

// What the recount knows of a settlement: its amounts, its day, and its last fate.
struct Counted {
  Sequence record;
  int day = 0;
  Sale sale;
  enum class State { kStands, kCancelled, kUndone } state = State::kStands;
  Sequence cancel;
  int cancel_day = 0;
};

class RandomDays {
 public:
  explicit RandomDays(unsigned seed) : random_(seed) {}

  void live(int steps) {
    for (int i = 0; i < steps; ++i) {
      day_ = std::min(kDays - 1, i * kDays / steps);
      Counted* one = counted_.empty() ? nullptr : &counted_[random_() % counted_.size()];
      switch (one == nullptr ? 0 : random_() % 8) {
        case 0:
        case 1:
        case 2:
        case 3: settle(); break;
        case 4: cancel(*one); break;
        case 5: undo(*one); break;
        case 6: reapply(*one); break;
        case 7: refund_partly(*one); break;
      }
      story_.skip(random_() % 3 == 0 ? (1U << 20) - 5 : 0);  // over many pieces of the journal
    }
  }
  [[nodiscard]] std::string recount(int day, bool two_lines) const {
    reconciliation::Totals totals;
    for (const Counted& each : counted_) {
      const bool stands = each.state == Counted::State::kStands;
      const bool cancelled = each.state == Counted::State::kCancelled;
      const Sale& sale = each.sale;
      const Fen account = sale.own + sale.family;
      if (each.day == day && (stands || (two_lines && cancelled)))
        totals.add({1, sale.total, sale.pooled, account});
      if (two_lines && cancelled && each.cancel_day == day)
        totals.add({1, -sale.total, -sale.pooled, -account});
    }
    return to_text(totals);
  }
  [[nodiscard]] const DayStory& story() const { return story_; }

 private:
  Sale random_sale() {
    Sale sale;
    sale.total = Fen{static_cast<std::int64_t>(1 + random_() % 100'000)};
    sale.pooled = Fen{static_cast<std::int64_t>(random_() % 1'000)};
    sale.own = Fen{static_cast<std::int64_t>(random_() % 500)};
    sale.family = Fen{static_cast<std::int64_t>(random_() % 500)};
    static constexpr std::array kInfnos{"2102", "2207", "2304"};
    sale.infno = kInfnos[random_() % kInfnos.size()];
    sale.scheme = random_() % 2 == 0 ? Scheme::kEmployee : Scheme::kResident;
    return sale;
  }
  void settle() {
    const Sale sale = random_sale();
    counted_.push_back({story_.settle(day_, sale), day_, sale, {}, {}, 0});
  }
  void cancel(Counted& one) {
    if (one.state != Counted::State::kStands) return;
    one.cancel = story_.cancel(day_, one.record);
    one.cancel_day = day_;
    one.state = Counted::State::kCancelled;
  }
  void undo(Counted& one) {
    if (one.state != Counted::State::kStands) return;
    story_.undo(day_, one.record);
    one.state = Counted::State::kUndone;
  }
  void reapply(Counted& one) {
    if (one.state != Counted::State::kCancelled) return;
    story_.reapply(day_, one.record, one.cancel);
    one.state = Counted::State::kStands;
  }
  void refund_partly(Counted& one) {
    if (one.state != Counted::State::kStands) return;
    const Sale smaller = random_sale();
    const Sequence refund = story_.refund_partly(day_, one.record, smaller);
    one.cancel = refund;
    one.cancel_day = day_;
    one.state = Counted::State::kCancelled;
    counted_.push_back({refund, day_, smaller, {}, {}, 0});
  }

  std::mt19937 random_;
  DayStory story_;
  std::vector<Counted> counted_;
  int day_ = 0;
};

TEST(RandomDays, TotalsAreThoseOfANaiveRecount) {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    RandomDays days{seed};
    days.live(80);
    for (int day = 0; day < kDays; ++day) {
      for (const bool two_lines : {false, true}) {
        const auto ledger = days.story().ledger(day, day, two_lines);
        EXPECT_EQ(to_text(reconciliation::totals_of(ledger, {})), days.recount(day, two_lines))
            << "seed " << seed << " day " << day << (two_lines ? " two lines" : " net");
      }
    }
  }
}

}  // namespace
}  // namespace gongji::gateway::testing
