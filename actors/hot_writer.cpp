#include "actors/hot_writer.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace gongji::actors {
namespace {

// Enough that Redis has work while this thread, which steps back, waits for a processor.
constexpr std::size_t kBatchesInFlight = 16;

}  // namespace

bool HotWriter::write(const HotBatch& batch) {
  if (in_flight_.size() >= kBatchesInFlight) wait_for_one();
  if (!fine_) return false;
  auto then = in_flight_.emplace_back().then();
  fence_ ? hot_.fill(batch, *fence_, std::move(then)) : hot_.apply(batch, std::move(then));
  return true;
}

bool HotWriter::finish() {
  while (!in_flight_.empty()) wait_for_one();
  return std::exchange(fine_, true);
}

void HotWriter::wait_for_one() {
  const auto applied = in_flight_.front().wait();
  in_flight_.pop_front();
  if (applied) {
    refused_older_ += applied->refused_older;
    bytes_ += applied->bytes;
  } else {
    fine_ = false;
    fault_ = applied.error().message;
  }
}

std::vector<HotBatch> batches_of(std::vector<HotHousehold> states, std::size_t households) {
  std::vector<HotBatch> batches;
  for (std::size_t start = 0; start < states.size(); start += households) {
    const auto first = states.begin() + static_cast<std::ptrdiff_t>(start);
    const auto count = std::min(households, states.size() - start);
    const auto last = first + static_cast<std::ptrdiff_t>(count);
    batches.push_back(std::make_shared<const std::vector<HotHousehold>>(
        std::make_move_iterator(first), std::make_move_iterator(last)));
  }
  return batches;
}

}  // namespace gongji::actors
