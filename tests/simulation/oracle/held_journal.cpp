#include "tests/simulation/oracle/held_journal.hpp"

namespace gongji::simulation {

HeldJournal::HeldJournal(const JournalStore& journal) : head_(journal.head()) {
  const auto scanned = journal.scan(Sequence{1}, [this](const RecordPtr& record) {
    records_.push_back(record);
    return true;
  });
  if (!scanned) damage_ = scanned.error().message;
}

Status<StoreError> HeldJournal::append(Epoch, std::span<const RecordPtr>) {
  return StoreError{"what is held is only read"};
}

Result<RecordPtr, StoreError> HeldJournal::read(Sequence sequence) const {
  const bool there = !sequence.is_none() && sequence.number() <= records_.size();
  if (!there) return StoreError{"no such record"};
  return records_[sequence.number() - 1];
}

Status<StoreError> HeldJournal::scan(Sequence from,
                                     const std::function<bool(const RecordPtr&)>& visit) const {
  for (std::size_t at = from.number() - 1; at < records_.size(); ++at)
    if (!visit(records_[at])) break;
  return Done{};
}

}  // namespace gongji::simulation
