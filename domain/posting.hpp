// What a record means to the reconciliation of an institution: a settlement counts on the day it
// was decided, and what takes it back or puts it back is told beside it. A posting holds all that
// totals need and enough to compare a line of a detail file, so that only what differs is looked up
// in the journal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.hpp"
#include "domain/money.hpp"
#include "domain/profile.hpp"
#include "domain/record.hpp"

namespace gongji {

// How the institution's money is cleared (clr_type).
enum class Clearing : std::uint8_t {
  kOutpatient = 1,
  kInpatient = 2,
  kPharmacy = 3
};  // 11, 21, 41

enum class PostingKind : std::uint8_t {
  kSettled = 1,
  kCancelled = 2,  // 2103, 2208, 2305, and the first half of a partial refund (GX-07)
  kUndone = 3,     // 2601 of a settlement: it appears nowhere
  kReapplied = 4,  // 2601 of a cancel: the settlement counts again (GX-14)
};

// What settlements are counted by, and the profile that says how their acct_pay reads. Texts belong
// to whoever made it.
template <class Text>
struct BasicPostingGroup {
  Scheme scheme = Scheme::kEmployee;
  Clearing clearing = Clearing::kOutpatient;
  Text area;     // setl_optins
  Text profile;  // policy profile id
  auto operator<=>(const BasicPostingGroup&) const = default;
};
using PostingGroup = BasicPostingGroup<std::string>;
using PostingGroupView = BasicPostingGroup<std::string_view>;

struct Posting {
  PostingKind kind = PostingKind::kSettled;
  Sequence record;
  Sequence original;  // the settlement that is taken back or put back; none for kSettled

  // The rest of kSettled only.
  std::uint32_t group = 0;  // place in Postings::groups
  Fen total;                // medfee_sumamt
  Fen pooled;               // fund_pay_sumamt
  Fen own;                  // out of the patient's own account
  Fen family;               // out of others' accounts
  std::uint32_t check = 0;  // posting_check() of psn_no and mdtrt_id
  bool operator==(const Posting&) const = default;
};

// The postings of one list, in the order of the journal.
struct Postings {
  std::vector<PostingGroup> groups;
  std::vector<Posting> entries;
};

// Postings are kept in two kinds of lists: what an institution did on one civil day, and, a second
// time, what became of its settlements, by where these lie in the journal: a cancel of next month
// must be found from the settlement's own day.
struct PostingList {
  enum class Kind : std::uint8_t { kDay = 'd', kFate = 'f' };
  Kind kind = Kind::kDay;
  std::uint32_t bucket = 0;  // kDay: civil days since 1970-01-01; kFate: fate_bucket(original)
  InstitutionCode institution;
  auto operator<=>(const PostingList&) const = default;
};
constexpr std::uint32_t fate_bucket(Sequence original) {
  return static_cast<std::uint32_t>(original.number() >> 20);
}
std::uint32_t day_bucket(Instant at);
std::uint32_t day_bucket(CivilDate day);

// One posting of a record, by views into it.
struct RecordPosting {
  Posting posting;
  PostingGroupView group;  // kSettled only; posting.group is not set
};
struct RecordPostings {
  const InstitutionCode* institution = nullptr;  // null: the record means nothing here
  std::optional<RecordPosting> undoing;          // in this order: a partial refund has both
  std::optional<RecordPosting> settled;
};
// Pure: the same record always gives the same postings. Views live as long as the record.
RecordPostings postings_of(const JournalRecord& record);

// Tells a line that names another person or visit from the right one, but for one wrong line in
// four billion. `mdtrt_id` as it was sent with the settlement, "" when the gateway issued it.
std::uint32_t posting_check(std::string_view psn_no, std::string_view mdtrt_id);

}  // namespace gongji
