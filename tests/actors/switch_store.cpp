#include "tests/actors/switch_store.hpp"

#include <chrono>
#include <stdexcept>

#include "ports/without_waiting.hpp"

namespace gongji::actors::test {
namespace {

template <class T>
T opened(Result<T, StoreError> result) {
  if (!result) throw std::runtime_error{result.error().message};
  return std::move(result).value();
}

}  // namespace

SwitchStore::SwitchStore(std::shared_ptr<stores::MemoryDisk> disk)
    : journal_(opened(stores::MemoryJournal::open(std::move(disk)))) {
  durable_ = journal_->head().durable.number();
  index_ = opened(stores::MemoryIndex::open(*this));
}

void SwitchStore::hold() {
  const std::lock_guard lock{mutex_};
  holding_ = true;
  held_ = false;
}

void SwitchStore::wait_until(const bool& turned, const char* otherwise) {
  std::unique_lock lock{mutex_};
  if (!turned_.wait_for(lock, std::chrono::seconds{30}, [&] { return turned; }))
    throw std::runtime_error{otherwise};
}

void SwitchStore::wait_until_held() { wait_until(held_, "nothing was appended"); }

void SwitchStore::release() {
  {
    const std::lock_guard lock{mutex_};
    holding_ = false;
  }
  turned_.notify_all();
  hold_indexing(false);
}

void SwitchStore::hold_indexing(bool hold) {
  index_held_ = hold;
  index_held_.notify_all();
}

void SwitchStore::fail_append(unsigned nth) {
  const std::lock_guard lock{mutex_};
  fail_in_ = nth;
}

void SwitchStore::cut_power_after(std::uint64_t records) {
  const std::lock_guard lock{mutex_};
  power_for_ = records;
}

void SwitchStore::refuse_to_load(HouseholdId household, bool refuse) {
  const std::lock_guard lock{mutex_};
  if (refuse)
    unreadable_.insert(household);
  else
    unreadable_.erase(household);
}

void SwitchStore::put_on_disk(HouseholdId household) {
  const std::lock_guard lock{mutex_};
  on_disk_ = household;
}

void SwitchStore::wait_until_read() { wait_until(read_, "nothing was read"); }

void SwitchStore::take_from_disk() {
  {
    const std::lock_guard lock{mutex_};
    on_disk_ = HouseholdId{};
  }
  turned_.notify_all();
}

Status<StoreError> SwitchStore::pass_disk(HouseholdId household) const {
  std::unique_lock lock{mutex_};
  if (on_disk_ != household) return Done{};
  if (WithoutWaiting::here()) return StoreError{"it is on the disk", true};
  read_ = true;
  turned_.notify_all();
  const bool taken =
      turned_.wait_for(lock, std::chrono::seconds{30}, [&] { return on_disk_ != household; });
  return taken ? Status<StoreError>{Done{}} : StoreError{"nobody took it from the disk"};
}

// False when this append is the one that fails.
bool SwitchStore::pass_switches() {
  std::unique_lock lock{mutex_};
  held_ = holding_;
  turned_.notify_all();
  turned_.wait(lock, [this] { return !holding_; });
  return fail_in_ == 0 || --fail_in_ > 0;
}

Status<StoreError> SwitchStore::append(Epoch epoch, std::span<const RecordPtr> records) {
  ++appends_;
  if (!pass_switches()) return StoreError{"the disk said no"};
  return write(epoch, records);
}

// One record at a time, so that the power may go between any two.
Status<StoreError> SwitchStore::write(Epoch epoch, std::span<const RecordPtr> records) {
  for (const RecordPtr& record : records) {
    {
      const std::lock_guard lock{mutex_};
      if (power_for_ == 0) return StoreError{"the power is gone"};
      --power_for_;
    }
    if (auto written = journal_->append(epoch, {&record, 1}); !written) return written;
  }
  durable_ = records.back()->sequence.number();
  return Done{};
}

Result<RecordPtr, StoreError> SwitchStore::read(Sequence sequence) const {
  ++reads_;
  return journal_->read(sequence);
}
Status<StoreError> SwitchStore::scan(Sequence from,
                                     const std::function<bool(const RecordPtr&)>& visit) const {
  return journal_->scan(from, visit);
}
JournalHead SwitchStore::head() const { return journal_->head(); }

Status<StoreError> SwitchStore::index(std::span<const RecordPtr> records) {
  index_held_.wait(true);
  if (index_fails_) return StoreError{"the index said no"};
  return index_->index(records);
}
Result<std::optional<Sequence>, StoreError> SwitchStore::find_key(const KeyHash& key) const {
  return index_->find_key(key);
}
Result<std::optional<PersonId>, StoreError> SwitchStore::find_enrolled(const KeyHash& key) const {
  return index_->find_enrolled(key);
}
Result<std::optional<HouseholdId>, StoreError> SwitchStore::find_person(
    const PersonId& person) const {
  return index_->find_person(person);
}

Result<std::optional<Sequence>, StoreError> SwitchStore::find_newest(HouseholdId household) const {
  return index_->find_newest(household);
}
Result<std::vector<Sequence>, StoreError> SwitchStore::marked(MarkKind kind, Sequence after,
                                                              std::size_t limit) const {
  return index_->marked(kind, after, limit);
}
Result<std::vector<PersonId>, StoreError> SwitchStore::persons_after(const PersonId& after,
                                                                     std::size_t limit) const {
  return index_->persons_after(after, limit);
}
std::uint64_t SwitchStore::persons_estimate() const { return index_->persons_estimate(); }

Result<HouseholdImage, StoreError> SwitchStore::load(HouseholdId household) const {
  ++loads_;
  if (auto passed = pass_disk(household); !passed) return passed.error();
  {
    const std::lock_guard lock{mutex_};
    if (unreadable_.contains(household)) return StoreError{"the household cannot be read"};
  }
  return index_->load(household);
}

void SwitchStore::save_snapshot(const HouseholdImage& image) {
  ++snapshots_;
  index_->save_snapshot(image);
}
std::vector<OpenTransfer> SwitchStore::open_transfers() const { return index_->open_transfers(); }
HouseholdId SwitchStore::next_household() const { return index_->next_household(); }

}  // namespace gongji::actors::test
