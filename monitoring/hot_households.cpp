#include "monitoring/hot_households.hpp"

#include <algorithm>
#include <cmath>

namespace gongji::monitoring {
namespace {

constexpr double kFadeSeconds = 60;
constexpr double kForgotten = 0.2;  // messages
constexpr std::size_t kRemembered = 8'192;

}  // namespace

void HotHouseholds::look(const std::vector<ThreadCounts*>& blocks,
                         std::chrono::steady_clock::time_point now) {
  const std::chrono::duration<double> passed = now - looked_at_;
  looked_at_ = now;
  const double fade = std::exp(-passed.count() / kFadeSeconds);
  recent_all_ *= fade;
  for (auto& [household, messages] : recent_) messages *= fade;
  for (const ThreadCounts* block : blocks) count(block->households, seen_[block]);
  forget_the_quiet();
}

// A look costs as much as is remembered, so beyond kRemembered the bar rises until few enough are
// left: those that stand out.
void HotHouseholds::forget_the_quiet() {
  for (double least = kForgotten;; least *= 2) {
    std::erase_if(recent_, [&](const auto& entry) { return entry.second < least; });
    if (recent_.size() <= kRemembered) return;
  }
}

void HotHouseholds::count(const HouseholdRing& ring, std::uint64_t& seen) {
  const std::uint64_t written = ring.written();
  const std::uint64_t news = written - seen;
  const std::uint64_t kept = std::min<std::uint64_t>(news, HouseholdRing::kSize);
  const double weight = kept == 0 ? 0 : static_cast<double>(news) / static_cast<double>(kept);
  for (std::uint64_t place = written - kept; place < written; ++place)
    recent_[ring.at(place)] += weight;
  recent_all_ += static_cast<double>(news);
  seen = written;
}

std::vector<HotHouseholdFigure> HotHouseholds::top(std::size_t count) const {
  std::vector<HotHouseholdFigure> all;
  all.reserve(recent_.size());
  for (const auto& [household, messages] : recent_)
    all.push_back({household, messages / kFadeSeconds});
  const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(count, all.size()));
  std::partial_sort(all.begin(), end, all.end(), [](const auto& left, const auto& right) {
    return left.per_second > right.per_second;
  });
  all.erase(end, all.end());
  return all;
}

double HotHouseholds::top_share() const {
  const auto busiest = top(1);
  if (busiest.empty() || recent_all_ <= 0) return 0;
  return std::min(1.0, busiest[0].per_second * kFadeSeconds / recent_all_);
}

std::string masked(std::uint64_t household) {
  std::string digits = std::to_string(household);
  digits.insert(0, digits.size() < 3 ? 3 - digits.size() : 0, '0');
  return "…" + digits.substr(digits.size() - 3);
}

}  // namespace gongji::monitoring
