// Postings (domain/posting.hpp) as they are kept: one growing string of bytes for each list, some
// fifteen bytes a settlement. A list may lie in several segments; each can be read by itself.
//
//   segment = posting, posting, …
//   posting = kind u8 · record, as distance from the posting before (the first: from 0)
//             kSettled: group · total · pooled · own · family · check u32
//             others:   original
//   group   = its number in the segment, from 0; a number that is new is followed by
//             scheme u8 · clearing u8 · area · profile
//
// Numbers are varints, amounts in fen, texts a length and their bytes, u32 big-endian. Not
// thread-safe while it is filled; any thread once it is const.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/posting.hpp"
#include "domain/result.hpp"
#include "ports/journal_store.hpp"

namespace gongji::stores {

class PostingSegment {
 public:
  void add(const RecordPosting& posting);

  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] Sequence first() const { return first_; }

 private:
  void add_settled(const Posting& posting, const PostingGroupView& group);

  std::string bytes_;
  Sequence first_;
  Sequence last_;
  std::vector<PostingGroup> groups_;  // few: institutions have one area and few profiles
};

// Adds what a segment holds behind `to`. Records up to the last one already there are left out: of
// two segments that overlap the earlier one wins, and both say the same.
Status<StoreError> append_postings(std::string_view segment, Postings& to);

class PostingLists {
 public:
  void add(const PostingList& list, const RecordPosting& posting) { lists_[list].add(posting); }

  // Null when nothing was added to it.
  [[nodiscard]] const PostingSegment* find(const PostingList& list) const {
    const auto found = lists_.find(list);
    return found == lists_.end() ? nullptr : &found->second;
  }
  [[nodiscard]] const auto& all() const { return lists_; }

 private:
  struct Hash {
    std::size_t operator()(const PostingList& list) const noexcept {
      const std::size_t place =
          (std::size_t{list.bucket} << 8 | static_cast<std::size_t>(list.kind)) *
          0x9E3779B97F4A7C15U;
      return std::hash<InstitutionCode>{}(list.institution) ^ place;
    }
  };
  std::unordered_map<PostingList, PostingSegment, Hash> lists_;
};

}  // namespace gongji::stores
