// A set of 64-bit hashes at 8 bytes a place, at most half of them taken: what a node-based set
// would spend 40 bytes on. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace gongji::gateway::auth {

class NonceTable {
 public:
  NonceTable();

  [[nodiscard]] bool contains(std::uint64_t hash) const;
  void insert(std::uint64_t hash);  // not in it yet
  void erase(std::uint64_t hash);   // in it
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t bytes() const { return places_.size() * sizeof(std::uint64_t); }

 private:
  [[nodiscard]] std::size_t home(std::uint64_t hash) const { return hash & (places_.size() - 1); }
  [[nodiscard]] std::size_t next(std::size_t place) const {
    return (place + 1) & (places_.size() - 1);
  }
  // Where it stands, or the free place that ends the search.
  [[nodiscard]] std::size_t find(std::uint64_t hash) const;
  void grow();

  std::vector<std::uint64_t> places_;  // 0 = free; a power of two of them
  std::size_t size_ = 0;
};

}  // namespace gongji::gateway::auth
