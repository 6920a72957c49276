#include "stores/posting_lists.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace gongji::stores {
namespace {

RecordPosting settled(std::uint64_t record, PostingGroupView group, Fen total) {
  RecordPosting posting;
  posting.posting.record = Sequence{record};
  posting.posting.total = total;
  posting.posting.own = Fen{1};
  posting.posting.check = 0xFFFFFFFF;
  posting.group = group;
  return posting;
}

RecordPosting cancelled(std::uint64_t record, std::uint64_t original) {
  RecordPosting posting;
  posting.posting.kind = PostingKind::kCancelled;
  posting.posting.record = Sequence{record};
  posting.posting.original = Sequence{original};
  return posting;
}

constexpr PostingGroupView kPharmacy{Scheme::kResident, Clearing::kPharmacy, "310101", "SH-2025"};
constexpr PostingGroupView kWard{Scheme::kEmployee, Clearing::kInpatient, "310101", "SH-2025"};

TEST(PostingLists, ASettlementOfADayTakesSixteenBytes) {
  PostingSegment segment;
  RecordPosting posting = settled(5'000'000'000, kPharmacy, Fen{12'000});
  posting.posting.family = Fen{10'000};
  segment.add(posting);
  const std::size_t first = segment.bytes().size();
  posting.posting.record = Sequence{5'000'000'040};
  segment.add(posting);
  EXPECT_LE(segment.bytes().size() - first, 16U);
}

TEST(PostingLists, SegmentsAreReadOneBehindTheOtherAndShareGroups) {
  PostingSegment first;
  first.add(settled(10, kPharmacy, Fen{300}));
  first.add(settled(11, kWard, Fen{400}));
  PostingSegment second;
  second.add(settled(12, kWard, Fen{500}));
  second.add(cancelled(13, 10));
  Postings all;
  ASSERT_TRUE(append_postings(first.bytes(), all).ok());
  ASSERT_TRUE(append_postings(second.bytes(), all).ok());
  EXPECT_EQ(all.groups.size(), 2U);
  ASSERT_EQ(all.entries.size(), 4U);
  EXPECT_EQ(all.entries[1].group, all.entries[2].group);
  EXPECT_EQ(all.entries[3].original, Sequence{10});
}

TEST(PostingLists, WhatTwoSegmentsBothHoldCountsOnce) {
  PostingSegment first;
  first.add(settled(10, kPharmacy, Fen{300}));
  first.add(settled(11, kPharmacy, Fen{400}));
  PostingSegment overlapping;
  overlapping.add(settled(11, kPharmacy, Fen{400}));
  overlapping.add(settled(12, kPharmacy, Fen{500}));
  Postings all;
  ASSERT_TRUE(append_postings(first.bytes(), all).ok());
  ASSERT_TRUE(append_postings(overlapping.bytes(), all).ok());
  ASSERT_EQ(all.entries.size(), 3U);
  EXPECT_EQ(all.entries[2].total, Fen{500});
}

TEST(PostingLists, ARecordMayCancelAndSettle) {
  PostingSegment segment;
  segment.add(cancelled(20, 10));
  segment.add(settled(20, kPharmacy, Fen{260}));
  Postings all;
  ASSERT_TRUE(append_postings(segment.bytes(), all).ok());
  ASSERT_EQ(all.entries.size(), 2U);
  EXPECT_EQ(all.entries[0].record, all.entries[1].record);
}

TEST(PostingLists, TheLargestValuesComeBack) {
  PostingSegment segment;
  segment.add(settled(std::numeric_limits<std::uint64_t>::max() - 1, kPharmacy,
                      Fen{std::numeric_limits<std::int64_t>::max()}));
  Postings all;
  ASSERT_TRUE(append_postings(segment.bytes(), all).ok());
  EXPECT_EQ(all.entries[0].total.count(), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(all.entries[0].check, 0xFFFFFFFFU);
}

TEST(PostingLists, DamagedBytesAreAnErrorOrOtherPostingsButNeverMore) {
  PostingSegment segment;
  for (std::uint64_t i = 1; i < 20; ++i) segment.add(settled(i, kPharmacy, Fen{300}));
  std::mt19937 random{7};
  for (int i = 0; i < 2'000; ++i) {
    std::string bytes = segment.bytes();
    bytes[random() % bytes.size()] = static_cast<char>(random());
    bytes.resize(bytes.size() - random() % 3);
    Postings all;
    (void)append_postings(bytes, all);
    EXPECT_LE(all.entries.size(), bytes.size());
  }
  Postings all;
  EXPECT_FALSE(append_postings("\x09", all).ok());
  EXPECT_FALSE(append_postings(std::string_view{segment.bytes()}.substr(0, 30), all).ok());
}

}  // namespace
}  // namespace gongji::stores
