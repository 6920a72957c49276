#include "stores/memory/memory_index.hpp"

#include <algorithm>
#include <mutex>

#include "stores/codec/household_codec.hpp"
#include "stores/index_order.hpp"
#include "stores/load_household.hpp"

namespace gongji::stores {
namespace {

template <class Map, class Key>
std::optional<typename Map::mapped_type> find_in(const Map& map, const Key& key) {
  const auto found = map.find(key);
  if (found == map.end()) return std::nullopt;
  return found->second;
}

}  // namespace

Result<std::unique_ptr<MemoryIndex>, StoreError> MemoryIndex::open(const JournalStore& journal) {
  std::unique_ptr<MemoryIndex> opened{new MemoryIndex{journal}};
  Status<StoreError> indexed = Done{};
  auto scanned = journal.scan(Sequence{1}, [&](const RecordPtr& record) {
    indexed = opened->index({&record, 1});
    return indexed.ok();
  });
  if (!scanned) return std::move(scanned).error();
  if (!indexed) return std::move(indexed).error();
  return opened;
}

Status<StoreError> MemoryIndex::index(std::span<const RecordPtr> records) {
  const std::unique_lock lock{mutex_};
  if (auto ordered = in_order(indexed_, records); !ordered) return ordered;
  for (const RecordPtr& record : records) {
    index_record(*record, *this);
    indexed_ = record->sequence;
  }
  return Done{};
}

Result<std::optional<Sequence>, StoreError> MemoryIndex::find_key(const KeyHash& key) const {
  const std::shared_lock lock{mutex_};
  return find_in(keys_, key);
}

Result<std::optional<PersonId>, StoreError> MemoryIndex::find_enrolled(const KeyHash& key) const {
  const std::shared_lock lock{mutex_};
  const auto record = find_in(keys_, key);
  return record ? find_in(enrolled_, *record) : std::nullopt;
}

Result<std::optional<HouseholdId>, StoreError> MemoryIndex::find_person(
    const PersonId& person) const {
  const std::shared_lock lock{mutex_};
  return find_in(persons_, person);
}

Result<std::optional<Sequence>, StoreError> MemoryIndex::find_newest(HouseholdId household) const {
  const std::shared_lock lock{mutex_};
  const auto entry = find_in(households_, household);
  if (!entry || entry->newest.is_none()) return std::optional<Sequence>{};
  return std::optional{entry->newest};
}

Result<std::vector<Sequence>, StoreError> MemoryIndex::marked(MarkKind kind, Sequence after,
                                                              std::size_t limit) const {
  const std::shared_lock lock{mutex_};
  std::vector<Sequence> found;
  for (auto mark = marks_.upper_bound({kind, after});
       mark != marks_.end() && mark->kind == kind && found.size() < limit; ++mark)
    found.push_back(mark->at);
  return found;
}

Result<std::vector<PersonId>, StoreError> MemoryIndex::persons_after(const PersonId& after,
                                                                     std::size_t limit) const {
  const std::shared_lock lock{mutex_};
  std::vector<PersonId> found;
  for (auto person = persons_.upper_bound(after); person != persons_.end() && found.size() < limit;
       ++person)
    found.push_back(person->first);
  return found;
}

std::uint64_t MemoryIndex::persons_estimate() const {
  const std::shared_lock lock{mutex_};
  return persons_.size();
}

Result<Postings, StoreError> MemoryIndex::postings(const PostingList& list) const {
  const std::shared_lock lock{mutex_};
  Postings found;
  const PostingSegment* segment = postings_.find(list);
  if (segment == nullptr) return found;
  if (auto read = append_postings(segment->bytes(), found); !read) return std::move(read).error();
  return found;
}

Result<HouseholdImage, StoreError> MemoryIndex::load(HouseholdId household) const {
  HouseholdEntry entry;
  {
    const std::shared_lock lock{mutex_};
    entry = find_in(households_, household).value_or(HouseholdEntry{});
  }
  return load_household(journal_, household, entry.snapshot, entry.newest);
}

void MemoryIndex::save_snapshot(const HouseholdImage& image) {
  const std::unique_lock lock{mutex_};
  std::string& stored = households_[image.state.id].snapshot;
  if (is_newer(image, stored)) stored = encode_image(image);
}

std::vector<OpenTransfer> MemoryIndex::open_transfers() const {
  const std::shared_lock lock{mutex_};
  return transfers_.all();
}

HouseholdId MemoryIndex::next_household() const {
  const std::shared_lock lock{mutex_};
  return next_household_;
}

void MemoryIndex::key(const KeyHash& key, Sequence record) { keys_[key] = record; }
void MemoryIndex::enrolled(Sequence record, const PersonId& person) {
  enrolled_.emplace(record, person);
}
void MemoryIndex::person(const PersonId& person, HouseholdId lives_in) {
  persons_[person] = lives_in;
}
void MemoryIndex::newest(HouseholdId household, Sequence record) {
  households_[household].newest = record;
}
void MemoryIndex::transfer_opened(const OpenTransfer& transfer) { transfers_.open(transfer); }
void MemoryIndex::transfer_closed(HouseholdId from, Sequence departed) {
  transfers_.close(from, departed);
}
void MemoryIndex::mark_opened(MarkKind kind, Sequence at) { marks_.insert({kind, at}); }
void MemoryIndex::mark_closed(MarkKind kind, Sequence at) { marks_.erase({kind, at}); }
void MemoryIndex::posting(const PostingList& list, const RecordPosting& posting) {
  postings_.add(list, posting);
}
void MemoryIndex::household_used(HouseholdId household) {
  next_household_ = std::max(next_household_, household.next());
}

}  // namespace gongji::stores
