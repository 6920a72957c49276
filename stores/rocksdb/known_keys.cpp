#include "stores/rocksdb/known_keys.hpp"

#include <cstring>
#include <string>

#include "ports/background_thread.hpp"

namespace gongji::stores {
namespace {

// A million entries a second at most, so that the disk stays with those who settle.
constexpr std::size_t kPieceEntries = 50'000;
constexpr std::chrono::milliseconds kPause{40};
// Of the memory; there are about three keys for each person and one for each settlement.
constexpr std::size_t kPersonsPart = 4;

std::uint64_t hash_of(std::string_view text) { return std::hash<std::string_view>{}(text); }

// Of a key as the table has it; the same as spread() of the key itself.
std::uint64_t spread_of(std::string_view key) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, key.data(), std::min(key.size(), sizeof bits));
  return bits;
}

}  // namespace

KnownKeys::KnownKeys(const IndexDatabase& database, std::size_t bytes_max)
    : database_(database),
      keys_(database.estimated_entries(IndexTable::kKeys), bytes_max - bytes_max / kPersonsPart),
      persons_(database.estimated_entries(IndexTable::kPersons), bytes_max / kPersonsPart),
      full_(keys_.bytes() == 0 || persons_.bytes() == 0),
      learner_([this] { learn(); }) {}

KnownKeys::~KnownKeys() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  stopped_.notify_one();
  learner_.join();
}

bool KnownKeys::never_seen(const KeyHash& key) const {
  if (!learned_.load(std::memory_order_acquire)) return false;
  return !keys_.may_have(spread(key)) && !full_.load(std::memory_order_acquire);
}

bool KnownKeys::never_seen(const PersonId& person) const {
  if (!learned_.load(std::memory_order_acquire)) return false;
  return !persons_.may_have(hash_of(person.text())) && !full_.load(std::memory_order_acquire);
}

void KnownKeys::add(const RecentEntries& entries) {
  entries.each_key([this](const KeyHash& key) { add(keys_, spread(key)); });
  entries.each_person([this](const PersonId& person) { add(persons_, hash_of(person.text())); });
}

void KnownKeys::add(AbsenceFilter& filter, std::uint64_t hash) {
  if (!filter.add(hash)) full_.store(true, std::memory_order_release);
}

void KnownKeys::learn() {
  step_back("index-keys");
  const bool all =
      learn_table(IndexTable::kKeys, [this](auto key) { add(keys_, spread_of(key)); }) &&
      learn_table(IndexTable::kPersons, [this](auto person) { add(persons_, hash_of(person)); });
  learned_.store(all, std::memory_order_release);
}

// False: it was not read to its end. What is written to the table meanwhile is added by whoever
// writes.
bool KnownKeys::learn_table(IndexTable table, const std::function<void(std::string_view)>& add) {
  std::string last;
  for (std::size_t seen = kPieceEntries; seen == kPieceEntries;) {
    if (full_ || !pause()) return false;
    seen = 0;
    const auto visit = [&](std::string_view key) {
      add(key);
      last = key;
      return ++seen < kPieceEntries;
    };
    const auto read = database_.walk(table, last, visit, IndexDatabase::Reading::kOnce);
    if (!read) return false;
  }
  return true;
}

// False: it is time to go.
bool KnownKeys::pause() {
  std::unique_lock lock{mutex_};
  return !stopped_.wait_for(lock, kPause, [this] { return stopping_; });
}

}  // namespace gongji::stores
