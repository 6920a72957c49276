#include "actors/day_archive.hpp"

#include <set>

namespace gongji::actors {
namespace {

Sequence settlement_of(const Posting& posting) {
  return posting.kind == PostingKind::kSettled ? posting.record : posting.original;
}

}  // namespace

Result<InstitutionDay, StoreError> DayArchive::read(const InstitutionCode& institution,
                                                    CivilDate date) const {
  journal_.wait_until_indexed(journal_.durable());
  auto postings = index_.postings({PostingList::Kind::kDay, day_bucket(date), institution});
  if (!postings) return std::move(postings).error();
  InstitutionDay day{date, std::move(postings).value(), {}};
  if (auto added = add_fates(institution, day); !added) return std::move(added).error();
  return day;
}

// Read after the day: what comes meanwhile may already be told of here, never missing.
Status<StoreError> DayArchive::add_fates(const InstitutionCode& institution,
                                         InstitutionDay& day) const {
  std::set<std::uint32_t> buckets;
  for (const Posting& posting : day.postings.entries)
    buckets.insert(fate_bucket(settlement_of(posting)));
  for (const std::uint32_t bucket : buckets) {
    auto fates = index_.postings({PostingList::Kind::kFate, bucket, institution});
    if (!fates) return std::move(fates).error();
    day.fates.insert(day.fates.end(), fates->entries.begin(), fates->entries.end());
  }
  return Done{};
}

Result<RecordPtr, StoreError> DayArchive::find(Sequence sequence) const {
  const bool exists = !sequence.is_none() && sequence <= journal_.durable();
  return exists ? store_.read(sequence) : Result<RecordPtr, StoreError>{RecordPtr{}};
}

}  // namespace gongji::actors
