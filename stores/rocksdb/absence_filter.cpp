#include "stores/rocksdb/absence_filter.hpp"

#include <algorithm>
#include <new>

#include "stores/rocksdb/zeroed_pages.hpp"

namespace gongji::stores {
namespace {

// Twelve bits a key, one of them set in each of the eight words of its block: when the block is
// full, half of its bits are.
constexpr std::size_t kKeysPerBlock = 42;
constexpr std::size_t kBlocksMin = 1024;
// Odd numbers without a pattern, one for each word (as in the blocked filters of Parquet's format).
constexpr std::array<std::uint32_t, 8> kSalts{0x47b6137bU, 0x44974d91U, 0x8824ad5bU, 0xa2b7289dU,
                                              0x705495c7U, 0x2df1424bU, 0x9efc4947U, 0x5c6bfb31U};

std::uint64_t bit_of(std::uint64_t hash, std::size_t word) {
  const auto low = static_cast<std::uint32_t>(hash);
  return std::uint64_t{1} << ((low * kSalts[word]) >> 26);
}

}  // namespace

void AbsenceFilter::Free::operator()(Block* blocks) const { unmap(blocks, bytes); }

AbsenceFilter::AbsenceFilter(std::size_t expected, std::size_t bytes_max) : bytes_max_(bytes_max) {
  grow(std::max(kBlocksMin, expected / kKeysPerBlock + 1));
}

bool AbsenceFilter::grow(std::size_t count) {
  const std::size_t stage = used_.load();
  const std::size_t bytes = count * sizeof(Block);
  if (stage == kStagesMax || bytes_.load() + bytes > bytes_max_) return false;
  try {  // zeroed memory is a block whose words are all 0
    stages_[stage] = {
        count, count * kKeysPerBlock, {static_cast<Block*>(map_zeroed(bytes)), Free{bytes}}};
  } catch (const std::bad_alloc&) {
    return false;  // to lack this must not end the process
  }
  bytes_ += bytes;
  used_.store(stage + 1, std::memory_order_release);
  return true;
}

AbsenceFilter::Block& AbsenceFilter::block_of(const Stage& stage, std::uint64_t hash) {
  return stage.blocks[((hash >> 32) * stage.count) >> 32];
}

bool AbsenceFilter::add(std::uint64_t hash) {
  const std::lock_guard lock{mutex_};
  std::size_t used = used_.load(std::memory_order_relaxed);
  if (used == 0) return false;
  if (stages_[used - 1].room == 0) {
    if (!grow(2 * stages_[used - 1].count)) return false;
    ++used;
  }
  Stage& stage = stages_[used - 1];
  --stage.room;
  Block& block = block_of(stage, hash);
  for (std::size_t i = 0; i < kWords; ++i)
    block.words[i].fetch_or(bit_of(hash, i), std::memory_order_relaxed);
  return true;
}

bool AbsenceFilter::may_have(std::uint64_t hash) const {
  const std::size_t used = used_.load(std::memory_order_acquire);
  for (std::size_t i = 0; i < used; ++i) {
    const Block& block = block_of(stages_[i], hash);
    bool all = true;
    for (std::size_t word = 0; word < kWords; ++word)
      all &= (block.words[word].load(std::memory_order_relaxed) & bit_of(hash, word)) != 0;
    if (all) return true;
  }
  return false;
}

}  // namespace gongji::stores
