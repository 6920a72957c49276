// How much one institution may have inside at once and how fast it may send, so that a flood of one
// does not starve the others. The bound of the whole process (admission.hpp) is taken first, when
// nobody knows yet who speaks; this one as soon as the caller has proven who he is. Whoever has the
// gateway to himself may fill half of it; while others speak as well, what he queues is what they
// wait for, so he keeps to a smaller share; and whoever alone has filled that share keeps, until he
// has not been turned away for a second, to as many messages as serve him kFloodServedPerSecond.
//
// Memory: one small place for each institution that was ever registered and spoke.
#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

#include "domain/result.hpp"
#include "gateway/institution_place.hpp"
#include "ports/institutions.hpp"
#include "ports/metrics.hpp"

namespace gongji::gateway {

struct InstitutionLimitOptions {
  unsigned inflight_max = 2048;
  unsigned inflight_shared_max = 128;  // the same while another institution speaks
  unsigned rate_per_s = 0;             // 0 = no limit; a second's worth may come at once
};

// Any thread. Outlives every token, and so does `metrics`.
class InstitutionLimits {
 public:
  using Moment = InstitutionPlace::Moment;
  using Clock = InstitutionPlace::Clock;

  InstitutionLimits(InstitutionLimitOptions options, Metrics& metrics,
                    Clock clock = std::chrono::steady_clock::now)
      : options_(options), metrics_(metrics), clock_(clock) {}

  // kInstitution or kRate when it has reached its bound; the register's own limits win over the
  // options. Refused messages cost no part of the rate.
  [[nodiscard]] Result<InstitutionToken, ShedCause> try_enter(const Institution& institution);

 private:
  [[nodiscard]] unsigned inflight_max(const Institution& institution, InstitutionPlace& place,
                                      Moment now);
  [[nodiscard]] unsigned flood_max(InstitutionPlace& place, Moment now) const;
  [[nodiscard]] ShedCause refused(ShedCause cause) {
    metrics_.shed(cause);
    return cause;
  }

  const InstitutionLimitOptions options_;
  Metrics& metrics_;
  const Clock clock_;
  std::mutex mutex_;                                          // of all below
  std::unordered_map<std::string, InstitutionPlace> places_;  // places never move
  LastOfSeveral speakers_;
  LastOfSeveral turned_away_;  // for having filled their share
};

}  // namespace gongji::gateway
