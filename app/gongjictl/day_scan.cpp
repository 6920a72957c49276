#include "app/gongjictl/day_scan.hpp"

#include <algorithm>

namespace gongji::ctl {

void DayScan::take(const JournalRecord& record) {
  const auto [institution, undoing, settled] = postings_of(record);
  if (institution == nullptr) return;
  Seen& seen = seen_[*institution];
  const bool today = day_bucket(record.at) == day_bucket(date_);
  if (undoing) seen.fates.push_back(undoing->posting);
  if (undoing && today) seen.postings.entries.push_back(undoing->posting);
  if (settled && today) add_settled(*settled, seen.postings);
}

void DayScan::add_settled(const RecordPosting& posting, Postings& to) const {
  const PostingGroupView& view = posting.group;
  const auto same = [&view](const PostingGroup& known) {
    return known.scheme == view.scheme && known.clearing == view.clearing &&
           known.area == view.area && known.profile == view.profile;
  };
  const auto found = std::find_if(to.groups.begin(), to.groups.end(), same);
  const auto place = static_cast<std::uint32_t>(found - to.groups.begin());
  if (found == to.groups.end())
    to.groups.push_back(
        {view.scheme, view.clearing, std::string{view.area}, std::string{view.profile}});
  to.entries.push_back(posting.posting);
  to.entries.back().group = place;
}

std::vector<InstitutionCode> DayScan::institutions() const {
  std::vector<InstitutionCode> found;
  for (const auto& [institution, seen] : seen_)
    if (!seen.postings.entries.empty()) found.push_back(institution);
  return found;
}

InstitutionDay DayScan::day_of(const InstitutionCode& institution) const {
  const auto found = seen_.find(institution);
  if (found == seen_.end()) return {date_, {}, {}};
  return {date_, found->second.postings, found->second.fates};
}

Result<Sequence, StoreError> first_of_day(const JournalStore& journal, CivilDate date) {
  const Instant from = start_of(date) - std::chrono::hours{1};
  std::uint64_t low = 1;
  std::uint64_t high = journal.head().durable.number() + 1;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    const auto record = journal.read(Sequence{middle});
    if (!record) return record.error();
    if ((*record)->at < from) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return Sequence{low};
}

Result<DayScan, StoreError> scan_day(const JournalStore& journal, CivilDate date,
                                     const ScanProgress& progress) {
  const auto first = first_of_day(journal, date);
  if (!first) return first.error();
  const std::uint64_t all = journal.head().durable.number() + 1 - first->number();
  DayScan scan{date};
  std::uint64_t done = 0;
  auto read = journal.scan(*first, [&](const RecordPtr& record) {
    scan.take(*record);
    progress(++done, all);
    return true;
  });
  if (!read) return std::move(read).error();
  return scan;
}

}  // namespace gongji::ctl
