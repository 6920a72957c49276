#include "app/gongjictl/audit_keys.hpp"

#include <cstring>

namespace gongji::ctl {

void KeyCheck::check(const JournalRecord& record, ProblemList& problems) {
  // Steps of a move come from no message and have no key.
  if (record.origin.key.msgid.empty() || record.keys.empty()) return;
  Sequence& applied = applied_by_[record.keys.front()];
  if (!record.applied()) return;
  if (!applied.is_none())
    problems.add("record " + std::to_string(record.sequence.number()) + " applies message " +
                 record.origin.key.infno + " " + record.origin.key.msgid + " of '" +
                 record.origin.key.institution.text() + "' again; record " +
                 std::to_string(applied.number()) + " applied it");
  applied = record.sequence;
}

// The key is a cryptographic hash already: any eight bytes of it are as good as another hash.
std::size_t KeyCheck::FrontOf::operator()(const KeyHash& key) const noexcept {
  std::size_t front = 0;
  std::memcpy(&front, key.data(), sizeof front);
  return front;
}

}  // namespace gongji::ctl
