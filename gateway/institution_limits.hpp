// How much one institution may have inside at once and how fast it may send, so that a flood of one
// does not starve the others. The bound of the whole process (admission.hpp) is taken first, when
// nobody knows yet who speaks; this one as soon as the caller has proven who he is. Whoever has the
// gateway to himself may fill half of it; while others speak as well, what he queues is what they
// wait for, so he keeps to a smaller share.
//
// Memory: one small place for each institution that was ever registered and spoke.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "domain/result.hpp"
#include "ports/institutions.hpp"
#include "ports/metrics.hpp"

namespace gongji::gateway {

struct InstitutionLimitOptions {
  unsigned inflight_max = 2048;
  unsigned inflight_shared_max = 128;  // the same while another institution speaks
  unsigned rate_per_s = 0;             // 0 = no limit; a second's worth may come at once
};

// One message inside. Moves; gives back on destruction, on any thread.
class InstitutionToken {
 public:
  InstitutionToken() = default;
  explicit InstitutionToken(std::atomic<unsigned>& inflight) : inflight_(&inflight) {}
  InstitutionToken(InstitutionToken&& other) noexcept
      : inflight_(std::exchange(other.inflight_, nullptr)) {}
  InstitutionToken& operator=(InstitutionToken&& other) noexcept {
    std::swap(inflight_, other.inflight_);
    return *this;
  }
  ~InstitutionToken() {
    if (inflight_ != nullptr) inflight_->fetch_sub(1, std::memory_order_relaxed);
  }

 private:
  std::atomic<unsigned>* inflight_ = nullptr;
};

// Any thread. Outlives every token, and so does `metrics`.
class InstitutionLimits {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  InstitutionLimits(InstitutionLimitOptions options, Metrics& metrics)
      : options_(options), metrics_(metrics) {}

  // kInstitution or kRate when it has reached its bound; the register's own limits win over the
  // options. Refused messages cost no part of the rate.
  [[nodiscard]] Result<InstitutionToken, ShedCause> try_enter(const Institution& institution,
                                                              Moment now);

 private:
  struct Place {
    std::atomic<unsigned> inflight{0};
    double allowance = 0;  // messages it may send at once
    Moment counted_at{};
  };
  [[nodiscard]] unsigned inflight_max(const Institution& institution, const Place& place,
                                      Moment now);
  [[nodiscard]] static bool spend(Place& place, unsigned rate_per_s, Moment now);
  [[nodiscard]] ShedCause refused(ShedCause cause) {
    metrics_.shed(cause);
    return cause;
  }

  const InstitutionLimitOptions options_;
  Metrics& metrics_;
  std::mutex mutex_;                               // of the places and all in them but `inflight`
  std::unordered_map<std::string, Place> places_;  // places never move
  const Place* speaker_ = nullptr;                 // who spoke last,
  Moment spoken_at_{};                             // when,
  std::optional<Moment> other_at_;                 // and when somebody else did before him
};

}  // namespace gongji::gateway
