// How much may be inside at once. Mailboxes further in have no bound, so the bound is here: a
// message enters only with a token, and what finds none is refused at once, before anything is
// decided (HTTP 503 with Retry-After, TCP -2 E_BUSY). How many fit follows from how long they wait
// inside (inflight_limit.hpp): a queue longer than its senders' patience would be work for nothing.
//
// A token is given back when the answer's bytes were handed to the socket or, when the connection
// is gone, when the message is done inside: a caller who hangs up does not make room by it. The
// bound per connection needs no token: a session stops reading at connection_inflight_max, so the
// sender is slowed by TCP and nothing is refused.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <utility>

#include "domain/result.hpp"
#include "gateway/inflight_limit.hpp"
#include "ports/metrics.hpp"

namespace gongji::gateway {

// What a refused caller is told to wait.
constexpr int kRetryAfterSeconds = 1;

class Admission;

// Room for `count` messages. Moves; gives back on destruction, on any thread.
class AdmissionToken {
 public:
  AdmissionToken() = default;
  AdmissionToken(Admission& admission, unsigned count) : admission_(&admission), count_(count) {}
  AdmissionToken(AdmissionToken&& other) noexcept
      : admission_(other.admission_), count_(std::exchange(other.count_, 0)) {}
  AdmissionToken& operator=(AdmissionToken&& other) noexcept {
    if (this == &other) return *this;
    release();
    admission_ = other.admission_;
    count_ = std::exchange(other.count_, 0);
    return *this;
  }
  ~AdmissionToken() { release(); }

  // Takes over the other's count, so that one release serves a whole written batch.
  void absorb(AdmissionToken&& other) {
    if (other.count_ == 0) return;
    admission_ = other.admission_;
    count_ += std::exchange(other.count_, 0);
  }
  void release() noexcept;

 private:
  Admission* admission_ = nullptr;
  unsigned count_ = 0;
};

// Any thread. Outlives every token, and so does `metrics`.
class Admission {
 public:
  // `wait_max` 0: `inflight_max` alone bounds.
  Admission(unsigned inflight_max, Metrics& metrics, unsigned uploads_max = 4,
            std::chrono::milliseconds wait_max = {})
      : adaptive_(inflight_max, wait_max),
        limit_(inflight_max),
        uploads_max_(uploads_max),
        metrics_(metrics) {}
  Admission(const Admission&) = delete;
  Admission& operator=(const Admission&) = delete;

  [[nodiscard]] Result<AdmissionToken, ShedCause> try_enter() {
    if (draining_.load(std::memory_order_relaxed)) return refused(ShedCause::kDraining);
    if (inflight_.fetch_add(1, std::memory_order_relaxed) >= limit()) {
      inflight_.fetch_sub(1, std::memory_order_relaxed);
      was_full_.store(true, std::memory_order_relaxed);
      return refused(ShedCause::kGlobal);
    }
    metrics_.inflight(1);
    return AdmissionToken(*this, 1);
  }

  // Now and then, from any loop: learns from what left since the last look.
  void look(std::chrono::steady_clock::time_point now);
  [[nodiscard]] unsigned limit() const { return limit_.load(std::memory_order_relaxed); }

  // Bodies above frame_bytes_max are held in memory while they arrive; only a few at a time.
  [[nodiscard]] bool try_begin_upload() {
    if (uploads_.fetch_add(1, std::memory_order_relaxed) < uploads_max_) return true;
    uploads_.fetch_sub(1, std::memory_order_relaxed);
    metrics_.shed(ShedCause::kGlobal);
    return false;
  }
  void end_upload() { uploads_.fetch_sub(1, std::memory_order_relaxed); }

  // From now on nothing new enters.
  void begin_drain() { draining_.store(true, std::memory_order_relaxed); }
  [[nodiscard]] bool draining() const { return draining_.load(std::memory_order_relaxed); }
  [[nodiscard]] unsigned inflight() const { return inflight_.load(std::memory_order_relaxed); }

 private:
  friend class AdmissionToken;
  ShedCause refused(ShedCause cause) {
    metrics_.shed(cause);
    return cause;
  }
  void leave(unsigned count) noexcept {
    const std::uint64_t inside = inflight_.fetch_sub(count, std::memory_order_relaxed);
    inside_sum_.fetch_add(inside * count, std::memory_order_relaxed);
    left_.fetch_add(count, std::memory_order_relaxed);
    metrics_.inflight(-static_cast<int>(count));
  }

  std::mutex mutex_;  // of the next two
  InflightLimit adaptive_;
  std::chrono::steady_clock::time_point looked_at_ = std::chrono::steady_clock::now();
  std::atomic<unsigned> limit_;
  // Since the last look.
  std::atomic<std::uint64_t> left_{0};
  std::atomic<std::uint64_t> inside_sum_{0};  // for each that left, how many were inside
  std::atomic<bool> was_full_{false};

  const unsigned uploads_max_;
  Metrics& metrics_;
  std::atomic<unsigned> inflight_{0};
  std::atomic<unsigned> uploads_{0};
  std::atomic<bool> draining_{false};
};

inline void AdmissionToken::release() noexcept {
  if (count_ != 0) admission_->leave(std::exchange(count_, 0));
}

// The right to take in one large body.
class UploadPermit {
 public:
  UploadPermit() = default;
  UploadPermit(const UploadPermit&) = delete;
  UploadPermit& operator=(const UploadPermit&) = delete;
  ~UploadPermit() { release(); }

  // False: too many at once. Holding one already counts as success.
  [[nodiscard]] bool acquire(Admission& admission) {
    if (admission_ == nullptr && admission.try_begin_upload()) admission_ = &admission;
    return admission_ != nullptr;
  }
  void release() {
    if (admission_ != nullptr) std::exchange(admission_, nullptr)->end_upload();
  }

 private:
  Admission* admission_ = nullptr;
};

}  // namespace gongji::gateway
