// Writes households to the copy in batches, several in flight, and waits for them. Used by the
// projector's thread only.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "ports/hot_answer.hpp"
#include "ports/hot_balances.hpp"

namespace gongji::actors {

class HotWriter {
 public:
  explicit HotWriter(HotBalances& hot) : hot_(hot) {}

  // From now on the copy is being filled: batches are written the cheap way, as long as the marker
  // stands there. Nothing: it is not, and each entry is checked for itself.
  void fence(std::optional<HotMarker> at) { fence_ = std::move(at); }
  [[nodiscard]] bool fenced() const { return fence_.has_value(); }
  // How many households make a batch.
  [[nodiscard]] std::size_t households_per_batch() const {
    return fence_ ? kHouseholdsPerTransaction : kHouseholdsPerBatch;
  }
  // Sends; may wait for an earlier batch. False once one failed.
  bool write(const HotBatch& batch);
  // Waits for all that was sent. False when one failed, which is forgotten with that.
  bool finish();

  [[nodiscard]] std::uint64_t refused_older() const { return refused_older_; }  // any thread
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }                  // any thread
  [[nodiscard]] const std::string& fault() const { return fault_; }             // the last one

 private:
  static constexpr std::size_t kHouseholdsPerBatch = 128;
  // While the copy is being filled a batch is a transaction, and the next one is sent when it was
  // carried out: small ones would spend most of the time on the way.
  static constexpr std::size_t kHouseholdsPerTransaction = 512;

  void wait_for_one();

  HotBalances& hot_;
  std::optional<HotMarker> fence_;
  std::deque<HotAnswer<HotApplied>> in_flight_;
  bool fine_ = true;
  std::string fault_;
  std::atomic<std::uint64_t> refused_older_{0};
  std::atomic<std::uint64_t> bytes_{0};
};

// In batches of that many.
std::vector<HotBatch> batches_of(std::vector<HotHousehold> states, std::size_t households);

}  // namespace gongji::actors
