// The disk of the simulated machine: what outlives a process. It holds the bytes that the memory
// journal writes, in the format of the real one, and knows which of them are safe from a power cut.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "domain/record.hpp"
#include "stores/memory/memory_disk.hpp"

namespace gongji::simulation {

using Group = std::vector<RecordPtr>;

class Disk {
 public:
  // The next process takes it over; an older one may still believe it has it.
  std::shared_ptr<stores::MemoryDisk> take_over();
  [[nodiscard]] Epoch epoch() const { return bytes_->epoch; }

  // A process begins to write this group.
  void attempted(const Group& group);
  // It is on stable storage.
  void synced(const Group& group);
  // It can be read, and is gone when the power goes.
  void unsafe(const Group& group) { unsafe_.push_back(group); }
  void cut_power();
  void sync_all();

  void save_snapshot(const HouseholdImage& image) { snapshots_[image.state.id] = image; }
  [[nodiscard]] const auto& snapshots() const { return snapshots_; }

  // ---- for the oracle ----
  // The record on stable storage; null when there is none.
  [[nodiscard]] RecordPtr safe(Sequence sequence) const;
  [[nodiscard]] Sequence safe_upto() const { return Sequence{safe_.size()}; }
  struct Attempt {
    Sequence first;
    Sequence last;
    Epoch epoch;
  };
  [[nodiscard]] const std::vector<Attempt>& attempts() const { return attempts_; }

 private:
  const std::shared_ptr<stores::MemoryDisk> bytes_ = std::make_shared<stores::MemoryDisk>();
  std::vector<RecordPtr> safe_;  // by sequence
  std::vector<Group> unsafe_;
  std::vector<Attempt> attempts_;
  std::map<HouseholdId, HouseholdImage> snapshots_;
};

}  // namespace gongji::simulation
