#include "gateway/institution_limits.hpp"

#include <algorithm>

namespace gongji::gateway {
namespace {

// What a flood is served a second, about, while others speak: an eighth of what two cores do. On a
// slow disk, whose syncs many messages share, that takes many messages inside, on a fast one few.
constexpr double kFloodServedPerSecond = 5'000;
// Of its share a flood always has this part.
constexpr unsigned kFloodPart = 8;

}  // namespace

Result<InstitutionToken, ShedCause> InstitutionLimits::try_enter(const Institution& institution) {
  const unsigned rate_per_s =
      institution.rate_per_s != 0 ? institution.rate_per_s : options_.rate_per_s;
  const std::lock_guard lock{mutex_};
  const Moment now = clock_();
  InstitutionPlace& place = places_[institution.code.text()];
  if (place.inflight() >= inflight_max(institution, place, now)) {
    turned_away_.note(place, now);
    return refused(ShedCause::kInstitution);
  }
  if (rate_per_s != 0 && !place.spend(rate_per_s, now)) return refused(ShedCause::kRate);
  return InstitutionToken{place, now, clock_};
}

unsigned InstitutionLimits::inflight_max(const Institution& institution, InstitutionPlace& place,
                                         Moment now) {
  speakers_.note(place, now);
  if (institution.inflight_max != 0) return institution.inflight_max;
  if (!speakers_.another_than(place, now)) return options_.inflight_max;
  return std::min(options_.inflight_max, flood_max(place, now));
}

// Where several have filled their shares there is a rush, and none of them is the flood.
unsigned InstitutionLimits::flood_max(InstitutionPlace& place, Moment now) const {
  const unsigned share = options_.inflight_shared_max;
  if (!turned_away_.only(place, now)) return share;
  const auto enough = static_cast<unsigned>(place.wait(now).count() * kFloodServedPerSecond);
  return std::clamp(enough, std::max(1U, share / kFloodPart), share);
}

}  // namespace gongji::gateway
