// The store of one simulated process: the real memory journal and index over the disk, with a
// disk's faults in between. A sync takes time, may stall or fail; a read takes time and may fail;
// an older owner is fenced off where its group would become durable.
#pragma once

#include <memory>

#include "stores/paired_store.hpp"
#include "tests/simulation/scheduler/schedule.hpp"
#include "tests/simulation/world/bugs.hpp"
#include "tests/simulation/world/disk.hpp"
#include "tests/simulation/world/weather.hpp"

namespace gongji::simulation {

struct StoreParts {
  Schedule& schedule;
  Disk& disk;
  Weather& weather;
  Bug bug = Bug::kNone;
};

class Store : public stores::PairedStore {
 public:
  // Takes the disk over, as the next epoch.
  static Result<std::unique_ptr<Store>, StoreError> open(const StoreParts& parts);

  // The process is gone: what it does from now on reaches nothing. `power`: the machine as well, so
  // that what was not synced is gone. A group that was being written is kept, lost or torn.
  void crash(bool power);
  // Up to which record an append has said that all is well.
  [[nodiscard]] Sequence promised() const { return promised_; }

  Status<StoreError> append(Epoch epoch, std::span<const RecordPtr> records) override;
  Result<RecordPtr, StoreError> read(Sequence sequence) const override;
  Status<StoreError> index(std::span<const RecordPtr> records) override;
  [[nodiscard]] Result<std::optional<HouseholdId>, StoreError> find_person(
      const PersonId& person) const override;
  [[nodiscard]] Result<HouseholdImage, StoreError> load(HouseholdId household) const override;
  void save_snapshot(const HouseholdImage& image) override;

 protected:
  Store(const StoreParts& parts, std::unique_ptr<JournalStore> journal,
        std::unique_ptr<stores::StoreIndex> index);
  [[nodiscard]] bool planted(Bug bug) const { return parts_.bug == bug; }

 private:
  void wait_for_sync() const;
  Status<StoreError> commit(const Group& group);
  Status<StoreError> write_through(const Group& group);
  Status<StoreError> write_unsafely(const Group& group);
  bool read_fails() const;

  const StoreParts parts_;
  Sequence promised_;
  bool gone_ = false;
  Group writing_;
};

}  // namespace gongji::simulation
