#include "gateway/institution_limits.hpp"

#include <algorithm>

namespace gongji::gateway {
namespace {

// So long after its last message an institution still counts as one who speaks.
constexpr std::chrono::seconds kHeard{1};

}  // namespace

Result<InstitutionToken, ShedCause> InstitutionLimits::try_enter(const Institution& institution,
                                                                 Moment now) {
  const unsigned rate_per_s =
      institution.rate_per_s != 0 ? institution.rate_per_s : options_.rate_per_s;
  const std::lock_guard lock{mutex_};
  Place& place = places_[institution.code.text()];
  if (place.inflight.load(std::memory_order_relaxed) >= inflight_max(institution, place, now))
    return refused(ShedCause::kInstitution);
  if (rate_per_s != 0 && !spend(place, rate_per_s, now)) return refused(ShedCause::kRate);
  place.inflight.fetch_add(1, std::memory_order_relaxed);
  return InstitutionToken{place.inflight};
}

unsigned InstitutionLimits::inflight_max(const Institution& institution, const Place& place,
                                         Moment now) {
  if (speaker_ != &place) {
    if (speaker_ != nullptr) other_at_ = spoken_at_;
    speaker_ = &place;
  }
  spoken_at_ = now;
  if (institution.inflight_max != 0) return institution.inflight_max;
  const bool alone = !other_at_ || now - *other_at_ >= kHeard;
  return alone ? options_.inflight_max
               : std::min(options_.inflight_max, options_.inflight_shared_max);
}

// A bucket that fills at the rate, up to a second's worth; it is full when first seen.
bool InstitutionLimits::spend(Place& place, unsigned rate_per_s, Moment now) {
  const double full = rate_per_s;
  const std::chrono::duration<double> passed = now - place.counted_at;
  if (passed.count() > 0) {
    place.allowance = std::min(full, place.allowance + passed.count() * full);
    place.counted_at = now;
  }
  if (place.allowance < 1) return false;
  place.allowance -= 1;
  return true;
}

}  // namespace gongji::gateway
