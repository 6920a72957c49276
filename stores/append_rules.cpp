#include "stores/append_rules.hpp"

namespace gongji::stores {

Status<StoreError> may_append(const JournalHead& head, Epoch epoch,
                              std::span<const RecordPtr> records) {
  if (epoch != head.epoch)
    return StoreError{"journal: refused a group of epoch " + std::to_string(epoch.number()) +
                      ", the store is owned by epoch " + std::to_string(head.epoch.number())};
  Sequence expected = head.durable.next();
  for (const RecordPtr& record : records) {
    if (record->sequence != expected)
      return StoreError{"journal: refused record " + std::to_string(record->sequence.number()) +
                        " where " + std::to_string(expected.number()) + " comes next"};
    if (record->epoch != epoch)
      return StoreError{"journal: refused record " + std::to_string(expected.number()) +
                        " of another epoch than its group"};
    expected = expected.next();
  }
  return Done{};
}

}  // namespace gongji::stores
