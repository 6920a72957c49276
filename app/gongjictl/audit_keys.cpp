#include "app/gongjictl/audit_keys.hpp"

#include <algorithm>

namespace gongji::ctl {
namespace {

std::string message_of(const JournalStore& journal, Sequence sequence) {
  const auto record = journal.read(sequence);
  if (!record) return "a message";
  const MessageKey& key = (*record)->origin.key;
  return "message " + key.infno + " " + key.msgid + " of '" + key.institution.text() + "'";
}

}  // namespace

void KeyCheck::check(const JournalRecord& record) {
  // Steps of a move come from no message and have no key.
  if (record.origin.key.msgid.empty() || record.keys.empty() || !record.applied()) return;
  applied_.emplace_back(record.keys.front(), record.sequence);
}

void KeyCheck::finish(const JournalStore& journal, ProblemList& problems) {
  std::sort(applied_.begin(), applied_.end());
  for (std::size_t i = 1; i < applied_.size(); ++i) {
    if (applied_[i].first != applied_[i - 1].first) continue;
    problems.add("record " + std::to_string(applied_[i].second.number()) + " applies " +
                 message_of(journal, applied_[i].second) + " again; record " +
                 std::to_string(applied_[i - 1].second.number()) + " applied it");
  }
}

}  // namespace gongji::ctl
