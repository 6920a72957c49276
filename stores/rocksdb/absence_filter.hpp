// Tells in a fraction of a microsecond that a key is not in a table; asking every file of the table
// takes several. Never wrong about that. What may be there (less than one absent key in a hundred
// is taken for such a one) has to be looked up.
//
// A Bloom filter in blocks of one cache line. It grows by stages, each twice as large as the one
// before, so a question touches a few lines and nothing is ever built anew. Any thread may add and
// ask; who asks has heard, by a lock or otherwise, of the additions that matter to him. Internal to
// this folder.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>

namespace gongji::stores {

class AbsenceFilter {
 public:
  // Takes a byte and a half for each expected key at once, and never more than `bytes_max` in all.
  AbsenceFilter(std::size_t expected, std::size_t bytes_max);

  // `hash` is spread over all its bits. False: there is no room; the filter does not know this key
  // and must not be asked any more.
  [[nodiscard]] bool add(std::uint64_t hash);
  [[nodiscard]] bool may_have(std::uint64_t hash) const;

  [[nodiscard]] std::size_t bytes() const { return bytes_.load(); }

 private:
  static constexpr std::size_t kWords = 8;
  struct Block {
    std::array<std::atomic<std::uint64_t>, kWords> words;
  };
  static_assert(sizeof(Block) == 64);
  struct Free {
    std::size_t bytes;
    void operator()(Block* blocks) const;
  };
  struct Stage {
    std::size_t count = 0;  // of blocks, below 2^32
    std::size_t room = 0;   // keys it still takes; guarded by mutex_
    std::unique_ptr<Block[], Free> blocks;
  };
  static constexpr std::size_t kStagesMax = 32;

  bool grow(std::size_t blocks);
  [[nodiscard]] static Block& block_of(const Stage& stage, std::uint64_t hash);

  const std::size_t bytes_max_;
  std::mutex mutex_;  // of who adds
  std::array<Stage, kStagesMax> stages_;
  std::atomic<std::size_t> used_{0};  // stages that may be asked
  std::atomic<std::size_t> bytes_{0};
};

}  // namespace gongji::stores
