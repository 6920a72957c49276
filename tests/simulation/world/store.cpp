#include "tests/simulation/world/store.hpp"

#include <utility>

#include "stores/memory/memory_index.hpp"
#include "stores/memory/memory_journal.hpp"
#include "tests/simulation/world/planted_store.hpp"

namespace gongji::simulation {
namespace {

const StoreError kUnreadable{"the disk could not be read"};
constexpr Time kStallLook{std::chrono::milliseconds{5}};

// Snapshots need no sync: some of them were written when the process ended.
void restore_snapshots(const StoreParts& parts, JournalIndex& index, Sequence durable) {
  for (const auto& [household, image] : parts.disk.snapshots())
    if (image.last_sequence <= durable && parts.schedule.chance().below(2) == 0)
      index.save_snapshot(image);
}

}  // namespace

Result<std::unique_ptr<Store>, StoreError> Store::open(const StoreParts& parts) {
  auto journal = stores::MemoryJournal::open(parts.disk.take_over());
  if (!journal) return std::move(journal).error();
  auto index = stores::MemoryIndex::open(**journal);
  if (!index) return std::move(index).error();
  restore_snapshots(parts, **index, (*journal)->head().durable);
  return std::unique_ptr<Store>{
      new PlantedStore{parts, std::move(journal).value(), std::move(index).value()}};
}

Store::Store(const StoreParts& parts, std::unique_ptr<JournalStore> journal,
             std::unique_ptr<stores::StoreIndex> index)
    : PairedStore(std::move(journal), std::move(index)), parts_(parts), promised_(head().durable) {}

void Store::crash(bool power) {
  gone_ = true;
  if (power)
    parts_.disk.cut_power();
  else
    parts_.disk.sync_all();
  Group half = std::exchange(writing_, {});
  if (half.empty() || half.front()->epoch != parts_.disk.epoch()) return;
  Random& chance = parts_.schedule.chance();
  const bool whole = chance.below(3) == 0;
  if (!whole && planted(Bug::kTornGroupAccepted)) half.resize(chance.below(half.size()));
  const bool kept = whole || planted(Bug::kTornGroupAccepted);
  if (kept && !half.empty()) (void)write_through(half);
}

// ---- writing ----

Status<StoreError> Store::append(Epoch epoch, std::span<const RecordPtr> records) {
  writing_.assign(records.begin(), records.end());
  parts_.disk.attempted(writing_);
  if (!planted(Bug::kGateRemoved)) wait_for_sync();
  if (gone_) return StoreError{"the process is gone"};
  if (epoch != parts_.disk.epoch() && !planted(Bug::kEpochCheckRemoved))
    return StoreError{"another owner has the disk"};
  auto committed = commit(std::exchange(writing_, {}));
  if (committed) promised_ = records.back()->sequence;
  return committed;
}

void Store::wait_for_sync() const {
  Schedule& schedule = parts_.schedule;
  schedule.sleep(schedule.chance_time(parts_.weather.sync_max));
  while (parts_.weather.sync_stalled && !gone_) schedule.sleep(kStallLook);
}

// After a sync that failed the group may be there, or not.
Status<StoreError> Store::commit(const Group& group) {
  if (planted(Bug::kGateRemoved)) return write_unsafely(group);
  if (parts_.weather.syncs_to_fail == 0) return write_through(group);
  --parts_.weather.syncs_to_fail;
  if (planted(Bug::kFailedSyncIgnored)) return write_unsafely(group);
  if (parts_.schedule.chance().below(2) == 0) (void)write_through(group);
  return StoreError{"the sync failed"};
}

Status<StoreError> Store::write_through(const Group& group) {
  auto written = PairedStore::append(group.front()->epoch, group);
  if (written) parts_.disk.synced(group);
  return written;
}

Status<StoreError> Store::write_unsafely(const Group& group) {
  parts_.disk.unsafe(group);
  return PairedStore::append(group.front()->epoch, group);
}

Status<StoreError> Store::index(std::span<const RecordPtr> records) {
  parts_.schedule.preempt();  // answers have left, and nothing can be found yet
  return PairedStore::index(records);
}

void Store::save_snapshot(const HouseholdImage& image) {
  PairedStore::save_snapshot(image);
  if (!gone_) parts_.disk.save_snapshot(image);
}

// ---- reading ----

bool Store::read_fails() const {
  Schedule& schedule = parts_.schedule;
  if (schedule.chance().below(4) == 0)
    schedule.sleep(schedule.chance_time(parts_.weather.read_max));
  return schedule.chance().per_mille(parts_.weather.read_error_per_mille);
}

Result<RecordPtr, StoreError> Store::read(Sequence sequence) const {
  if (read_fails()) return kUnreadable;
  return PairedStore::read(sequence);
}

Result<std::optional<HouseholdId>, StoreError> Store::find_person(const PersonId& person) const {
  if (read_fails()) return kUnreadable;
  return PairedStore::find_person(person);
}

Result<HouseholdImage, StoreError> Store::load(HouseholdId household) const {
  if (read_fails()) return kUnreadable;
  return PairedStore::load(household);
}

}  // namespace gongji::simulation
