#include "tests/simulation/world/disk.hpp"

namespace gongji::simulation {

std::shared_ptr<stores::MemoryDisk> Disk::take_over() {
  bytes_->held = false;
  return bytes_;
}

void Disk::attempted(const Group& group) {
  attempts_.push_back({group.front()->sequence, group.back()->sequence, group.front()->epoch});
}

// Where two owners wrote, the first one's record is what lies there.
void Disk::synced(const Group& group) {
  for (const RecordPtr& record : group)
    if (record->sequence.number() == safe_.size() + 1) safe_.push_back(record);
}

void Disk::cut_power() {
  for (const Group& group : unsafe_) bytes_->groups.erase(group.front()->sequence);
  unsafe_.clear();
}

void Disk::sync_all() {
  for (const Group& group : unsafe_) synced(group);
  unsafe_.clear();
}

RecordPtr Disk::safe(Sequence sequence) const {
  const bool there = !sequence.is_none() && sequence.number() <= safe_.size();
  return there ? safe_[sequence.number() - 1] : nullptr;
}

}  // namespace gongji::simulation
