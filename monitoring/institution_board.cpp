#include "monitoring/institution_board.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gongji::monitoring {
namespace {

constexpr double kFadeSeconds = 6 * 3600;
// What a newcomer must have done more than twice as often, so that a few messages move nobody.
constexpr double kFewMessages = 100;

}  // namespace

void InstitutionBoard::know(const std::vector<std::string>& codes) {
  const std::lock_guard lock{mutex_};
  for (const std::string& code : codes) {
    Standing& standing = standings_[code];
    if (standing.placed || placed_ >= kInstitutionsShown) continue;
    standing.placed = true;
    ++placed_;
  }
}

std::vector<InstitutionRow> InstitutionBoard::rows(const std::vector<ThreadCounts*>& blocks,
                                                   std::chrono::steady_clock::time_point now) {
  const std::lock_guard lock{mutex_};
  ByInstitution<InstitutionCounts> sums;
  for (const ThreadCounts* block : blocks) block->institutions.add_to(sums);
  const std::chrono::duration<double> passed = now - looked_at_;
  looked_at_ = now;
  see(sums, std::exp(-passed.count() / kFadeSeconds));
  give_places();
  share_out();
  std::vector<InstitutionRow> rows;
  for (const auto& [code, standing] : standings_)
    if (standing.placed) rows.push_back({code, standing.shown});
  std::sort(rows.begin(), rows.end(),
            [](const auto& left, const auto& right) { return left.code < right.code; });
  rows.push_back({std::string{kOtherInstitution}, others_});
  return rows;
}

void InstitutionBoard::see(const ByInstitution<InstitutionCounts>& sums, double fade) {
  for (auto& [code, standing] : standings_) standing.recent *= fade;
  for (const auto& [code, total] : sums) {
    Standing& standing = standings_[code];
    standing.gained = total.since(std::exchange(standing.total, total));
    standing.recent += static_cast<double>(standing.gained.messages());
  }
}

// What was gained counts where the institution stands now.
void InstitutionBoard::share_out() {
  for (auto& [code, standing] : standings_)
    (standing.placed ? standing.shown : others_) += std::exchange(standing.gained, {});
}

InstitutionBoard::Standing* InstitutionBoard::busiest_without() {
  Standing* busiest = nullptr;
  for (auto& [code, standing] : standings_)
    if (!code.empty() && !standing.placed && standing.recent > 0 &&
        (busiest == nullptr || standing.recent > busiest->recent))
      busiest = &standing;
  return busiest;
}

InstitutionBoard::Standing* InstitutionBoard::quietest_with() {
  Standing* quietest = nullptr;
  for (auto& [code, standing] : standings_)
    if (standing.placed && (quietest == nullptr || standing.recent < quietest->recent))
      quietest = &standing;
  return quietest;
}

// A series that ends takes its counts along: added to "other" they would look like a burst there.
void InstitutionBoard::give_places() {
  for (std::size_t moved = 0; moved < kInstitutionsShown; ++moved) {
    Standing* const newcomer = busiest_without();
    if (newcomer == nullptr) return;
    if (placed_ < kInstitutionsShown) {
      ++placed_;
    } else {
      Standing* const leaver = quietest_with();
      if (newcomer->recent < 2 * leaver->recent + kFewMessages) return;
      leaver->shown = {};
      leaver->placed = false;
    }
    newcomer->placed = true;
    newcomer->shown.last_message_s = newcomer->total.last_message_s;
  }
}

}  // namespace gongji::monitoring
