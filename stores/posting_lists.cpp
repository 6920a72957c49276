#include "stores/posting_lists.hpp"

#include <algorithm>

#include "stores/codec/bytes.hpp"

namespace gongji::stores {
namespace {

void write_text(ByteWriter& out, std::string_view text) {
  out.varint(text.size());
  out.raw(text);
}

std::string read_text(ByteReader& in) { return std::string{in.raw(in.varint())}; }

void write_amount(ByteWriter& out, Fen amount) {
  out.varint(static_cast<std::uint64_t>(amount.count()));
}

Fen read_amount(ByteReader& in) { return Fen{static_cast<std::int64_t>(in.varint())}; }

PostingGroup read_group(ByteReader& in) {
  PostingGroup group;
  group.scheme = static_cast<Scheme>(in.byte());
  group.clearing = static_cast<Clearing>(in.byte());
  group.area = read_text(in);
  group.profile = read_text(in);
  if (group.scheme > Scheme::kHelpPlan || group.clearing < Clearing::kOutpatient ||
      group.clearing > Clearing::kPharmacy)
    in.fail("bad posting group");
  return group;
}

std::uint32_t place_in(std::vector<PostingGroup>& groups, PostingGroup group) {
  const auto found = std::find(groups.begin(), groups.end(), group);
  if (found != groups.end()) return static_cast<std::uint32_t>(found - groups.begin());
  groups.push_back(std::move(group));
  return static_cast<std::uint32_t>(groups.size() - 1);
}

// Reads one segment into lists that may have groups of their own already.
class SegmentReader {
 public:
  SegmentReader(std::string_view segment, Postings& to) : in_(segment), to_(to) {}

  Status<StoreError> read() {
    const Sequence seen = to_.entries.empty() ? Sequence{} : to_.entries.back().record;
    while (in_.ok() && in_.remaining() != 0) {
      const Posting posting = next();
      if (in_.ok() && posting.record > seen) to_.entries.push_back(posting);
    }
    if (in_.ok()) return Done{};
    return StoreError{"index: postings cannot be read: " + in_.error().text()};
  }

 private:
  Posting next() {
    Posting posting;
    posting.kind = static_cast<PostingKind>(in_.byte());
    posting.record = record_ = Sequence{record_.number() + in_.varint()};
    if (posting.kind == PostingKind::kSettled) {
      read_settled(posting);
    } else {
      posting.original = Sequence{in_.varint()};
    }
    const bool known =
        posting.kind >= PostingKind::kSettled && posting.kind <= PostingKind::kReapplied;
    if (!known) in_.fail("bad posting kind");
    return posting;
  }
  void read_settled(Posting& posting) {
    const std::uint64_t group = in_.varint();
    if (group == groups_.size()) groups_.push_back(place_in(to_.groups, read_group(in_)));
    if (group >= groups_.size()) return in_.fail("bad posting group");
    posting.group = groups_[group];
    posting.total = read_amount(in_);
    posting.pooled = read_amount(in_);
    posting.own = read_amount(in_);
    posting.family = read_amount(in_);
    posting.check = in_.big_endian<std::uint32_t>();
  }

  ByteReader in_;
  Postings& to_;
  Sequence record_;
  std::vector<std::uint32_t> groups_;  // of this segment, as places in to_.groups
};

}  // namespace

void PostingSegment::add(const RecordPosting& added) {
  const Posting& posting = added.posting;
  if (first_.is_none()) first_ = posting.record;
  ByteWriter out{bytes_};
  out.byte(static_cast<std::uint8_t>(posting.kind));
  out.varint(posting.record.number() - last_.number());
  last_ = posting.record;
  if (posting.kind == PostingKind::kSettled) return add_settled(posting, added.group);
  out.varint(posting.original.number());
}

void PostingSegment::add_settled(const Posting& posting, const PostingGroupView& group) {
  ByteWriter out{bytes_};
  const auto same = [&group](const PostingGroup& known) {
    return known.scheme == group.scheme && known.clearing == group.clearing &&
           known.area == group.area && known.profile == group.profile;
  };
  const auto known = std::find_if(groups_.begin(), groups_.end(), same);
  out.varint(static_cast<std::uint64_t>(known - groups_.begin()));
  if (known == groups_.end()) {
    groups_.push_back(
        {group.scheme, group.clearing, std::string{group.area}, std::string{group.profile}});
    out.byte(static_cast<std::uint8_t>(group.scheme));
    out.byte(static_cast<std::uint8_t>(group.clearing));
    write_text(out, group.area);
    write_text(out, group.profile);
  }
  for (const Fen amount : {posting.total, posting.pooled, posting.own, posting.family})
    write_amount(out, amount);
  out.big_endian(posting.check);
}

Status<StoreError> append_postings(std::string_view segment, Postings& to) {
  return SegmentReader{segment, to}.read();
}

}  // namespace gongji::stores
