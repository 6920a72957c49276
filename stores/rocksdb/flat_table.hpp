// A hash table from a fixed-size key to a number that is never 0, made for filling up once: open
// addressing in one block of memory, no removal, no allocation per entry. Not thread-safe. Internal
// to this folder.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "domain/ids.hpp"
#include "stores/rocksdb/zeroed_pages.hpp"

namespace gongji::stores {

inline std::uint64_t spread(const KeyHash& key) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, key.data(), sizeof bits);  // a piece of a SHA-256: spread out already
  return bits;
}
inline std::uint64_t spread(HouseholdId household) {
  return household.number() * 0x9E3779B97F4A7C15U;
}

template <class Key>
class FlatTable {
 public:
  struct Entry {
    Key key;
    std::uint64_t value;  // 0 = an empty place
  };
  static_assert(std::is_trivially_copyable_v<Entry>);

  // Room for `expected` entries without growing. Memory is taken as it is filled.
  explicit FlatTable(std::size_t expected = 512)
      : places_(std::bit_ceil(2 * expected + 1)), entries_(allocate(places_)) {}

  void set(const Key& key, std::uint64_t value) {
    Entry& place = place_of(key);
    if (place.value == 0 && 2 * ++size_ > places_) {
      grow();
      return put(key, value);
    }
    place = {key, value};
  }
  // Takes all its memory now rather than as it is filled: the kernel clears a page when it is first
  // written to. Only while it is empty.
  void touch_memory() {
    auto* bytes = reinterpret_cast<volatile char*>(entries_.get());
    for (std::size_t at = 0; at < places_ * sizeof(Entry); at += kPageBytes) bytes[at] = 0;
  }

  // 0 when it is not there.
  [[nodiscard]] std::uint64_t get(const Key& key) const { return place_of(key).value; }
  [[nodiscard]] std::size_t size() const { return size_; }

  template <class Visit>
  void each(const Visit& visit) const {
    for (std::size_t i = 0; i < places_; ++i)
      if (entries_[i].value != 0) visit(entries_[i]);
  }

  [[nodiscard]] std::vector<Entry> all() const {
    std::vector<Entry> found;
    found.reserve(size_);
    each([&found](const Entry& entry) { found.push_back(entry); });
    return found;
  }

 private:
  static constexpr std::size_t kPageBytes = 4096;
  struct Free {
    std::size_t bytes = 0;
    void operator()(Entry* entries) const { unmap(entries, bytes); }
  };
  using Entries = std::unique_ptr<Entry[], Free>;

  static Entries allocate(std::size_t places) {
    const std::size_t bytes = places * sizeof(Entry);
    return Entries{static_cast<Entry*>(map_zeroed(bytes)), Free{bytes}};
  }
  // Where the key is, or the empty place it would take.
  [[nodiscard]] Entry& place_of(const Key& key) const {
    // The upper bits: multiplying spreads into those.
    std::size_t at = spread(key) >> (64 - std::countr_zero(places_));
    while (entries_[at].value != 0 && !(entries_[at].key == key)) at = (at + 1) & (places_ - 1);
    return entries_[at];
  }
  void put(const Key& key, std::uint64_t value) { place_of(key) = {key, value}; }
  void grow() {
    const std::size_t before = places_;
    const Entries old = std::exchange(entries_, allocate(2 * before));
    places_ = 2 * before;
    for (std::size_t i = 0; i < before; ++i)
      if (old[i].value != 0) put(old[i].key, old[i].value);
  }

  std::size_t places_;  // a power of two
  Entries entries_;
  std::size_t size_ = 0;
};

}  // namespace gongji::stores
