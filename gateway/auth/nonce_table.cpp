#include "gateway/auth/nonce_table.hpp"

#include <utility>

namespace gongji::gateway::auth {
namespace {

constexpr std::size_t kPlacesMin = 1024;

// 0 marks a free place; the one nonce in 2^64 that hashes to it shares the name of another.
std::uint64_t name_of(std::uint64_t hash) { return hash == 0 ? 1 : hash; }

}  // namespace

NonceTable::NonceTable() : places_(kPlacesMin) {}

std::size_t NonceTable::find(std::uint64_t hash) const {
  std::size_t place = home(hash);
  while (places_[place] != 0 && places_[place] != hash) place = next(place);
  return place;
}

bool NonceTable::contains(std::uint64_t hash) const { return places_[find(name_of(hash))] != 0; }

void NonceTable::insert(std::uint64_t hash) {
  if (2 * (size_ + 1) > places_.size()) grow();
  std::uint64_t& place = places_[find(name_of(hash))];
  size_ += place == 0 ? 1 : 0;
  place = name_of(hash);
}

// Closes the gap, so that a search may still end at the first free place.
void NonceTable::erase(std::uint64_t hash) {
  std::size_t gap = find(name_of(hash));
  if (places_[gap] == 0) return;
  places_[gap] = 0;
  --size_;
  for (std::size_t place = next(gap); places_[place] != 0; place = next(place)) {
    const std::size_t mask = places_.size() - 1;
    const std::size_t from_home = (place - home(places_[place])) & mask;
    const std::size_t from_gap = (place - gap) & mask;
    if (from_home < from_gap) continue;  // its search does not pass the gap
    places_[gap] = std::exchange(places_[place], 0);
    gap = place;
  }
}

void NonceTable::grow() {
  std::vector<std::uint64_t> old(2 * places_.size());
  old.swap(places_);
  for (const std::uint64_t hash : old)
    if (hash != 0) places_[find(hash)] = hash;
}

}  // namespace gongji::gateway::auth
