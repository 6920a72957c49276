#include "gateway/reconciliation/ledger_lines.hpp"

#include <algorithm>

namespace gongji::gateway::reconciliation {
namespace {

// What became of a settlement last; `record` is what did it.
struct Fate {
  PostingKind kind;
  Sequence record;
};
using Fates = std::unordered_map<std::uint64_t, Fate>;

Fates last_fates(const std::vector<Posting>& fates) {
  Fates last;
  for (const Posting& fate : fates)
    last.insert_or_assign(fate.original.number(), Fate{fate.kind, fate.record});
  return last;
}

class DayReader {
 public:
  DayReader(LedgerLines& to, const InstitutionDay& day, const LedgerReading& reading,
            const FindRecord& find)
      : to_(to), day_(day), reading_(reading), find_(find), fates_(last_fates(day.fates)) {
    for (const PostingGroup& group : day.postings.groups) groups_.push_back(place_of(group));
  }

  Status<StoreError> read() {
    to_.lines.reserve(to_.lines.size() + day_.postings.entries.size());
    for (const Posting& posting : day_.postings.entries) {
      if (posting.kind == PostingKind::kSettled) {
        add_settlement(posting);
      } else if (auto added = add_refund(posting); !added) {
        return added;
      }
    }
    return Done{};
  }

 private:
  struct KnownGroup {
    std::uint32_t place;
    bool includes_mulaid;
  };

  KnownGroup place_of(const PostingGroup& group) {
    const auto found = std::find(to_.groups.begin(), to_.groups.end(), group);
    const auto place = static_cast<std::uint32_t>(found - to_.groups.begin());
    if (found == to_.groups.end()) to_.groups.push_back(group);
    return {place, reading_.acct_pay_includes_mulaid(group.profile)};
  }
  [[nodiscard]] const Fate* fate_of(Sequence settlement) const {
    const auto found = fates_.find(settlement.number());
    return found == fates_.end() ? nullptr : &found->second;
  }
  [[nodiscard]] LedgerLine line_of(const Posting& posting, KnownGroup group,
                                   std::uint32_t day) const {
    const Fen account = group.includes_mulaid ? posting.own + posting.family : posting.own;
    return {posting.record, posting.record, day,    day, group.place, posting.check, false,
            posting.total,  posting.pooled, account};
  }

  void add_settlement(const Posting& posting) {
    const Fate* fate = fate_of(posting.record);
    const bool stands = fate == nullptr || fate->kind == PostingKind::kReapplied;
    if (!stands) to_.gone.insert_or_assign(posting.record.number(), fate->kind);
    const bool shown =
        stands || (reading_.cancel_as_two_lines && fate->kind == PostingKind::kCancelled);
    if (shown) to_.lines.push_back(line_of(posting, groups_[posting.group], day_bucket(day_.date)));
  }

  // A cancel that stands is a line of its own when the institution reads it so.
  Status<StoreError> add_refund(const Posting& cancel) {
    if (!reading_.cancel_as_two_lines || cancel.kind != PostingKind::kCancelled) return Done{};
    const Fate* fate = fate_of(cancel.original);
    const bool stands =
        fate != nullptr && fate->kind == PostingKind::kCancelled && fate->record == cancel.record;
    if (!stands) return Done{};
    auto line = settlement_line(cancel.original);
    if (!line) return std::move(line).error();
    line->record = cancel.record;
    line->day = day_bucket(day_.date);
    line->refund = true;
    line->total = -line->total;
    line->pooled = -line->pooled;
    line->account = -line->account;
    to_.lines.push_back(*line);
    return Done{};
  }

  // As it was counted when it was settled, today or earlier.
  Result<LedgerLine, StoreError> settlement_line(Sequence settlement) {
    const auto& entries = day_.postings.entries;
    auto at = std::lower_bound(
        entries.begin(), entries.end(), settlement,
        [](const Posting& posting, Sequence wanted) { return posting.record < wanted; });
    for (; at != entries.end() && at->record == settlement; ++at)
      if (at->kind == PostingKind::kSettled)
        return line_of(*at, groups_[at->group], day_bucket(day_.date));
    return line_from_record(settlement);
  }
  Result<LedgerLine, StoreError> line_from_record(Sequence settlement) {
    const auto record = find_(settlement);
    if (!record) return record.error();
    const auto settled =
        *record == nullptr ? std::optional<RecordPosting>{} : postings_of(**record).settled;
    if (!settled)
      return StoreError{"record " + std::to_string(settlement.number()) +
                        " was cancelled but is no settlement"};
    const PostingGroupView& view = settled->group;
    const KnownGroup group =
        place_of({view.scheme, view.clearing, std::string{view.area}, std::string{view.profile}});
    return line_of(settled->posting, group, day_bucket((*record)->at));
  }

  LedgerLines& to_;
  const InstitutionDay& day_;
  const LedgerReading& reading_;
  const FindRecord& find_;
  const Fates fates_;
  std::vector<KnownGroup> groups_;  // of the day's postings
};

}  // namespace

Status<StoreError> add_day(LedgerLines& to, const InstitutionDay& day, const LedgerReading& reading,
                           const FindRecord& find) {
  return DayReader{to, day, reading, find}.read();
}

}  // namespace gongji::gateway::reconciliation
