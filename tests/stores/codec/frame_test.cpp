#include "stores/codec/frame.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <memory>

#include "stores/codec/hex.hpp"
#include "tests/stores/support/arbitrary_records.hpp"
#include "tests/stores/support/format_document.hpp"
#include "tests/stores/support/worked_record.hpp"

namespace gongji::stores {
namespace {

using testing::worked_record;

constexpr Epoch kEpoch{3};

std::vector<RecordPtr> records_from(std::uint64_t first, std::size_t count) {
  std::vector<RecordPtr> records;
  for (std::size_t i = 0; i < count; ++i) {
    auto record = std::make_shared<JournalRecord>(worked_record());
    record->sequence = Sequence{first + i};
    record->epoch = kEpoch;
    records.push_back(record);
  }
  return records;
}

std::string frame_of(const std::vector<RecordPtr>& records, const Digest& previous = {}) {
  std::string frame;
  encode_frame(kEpoch, previous, records, frame);
  return frame;
}

// All records, or the error that stopped it.
Result<std::vector<RecordPtr>, DecodeError> records_in(std::string_view frame) {
  const auto header = decode_frame_header(frame);
  if (!header) return header.error();
  std::vector<RecordPtr> found;
  FrameRecords records{frame, *header};
  while (!records.at_end()) {
    auto record = records.next();
    if (!record) return record.error();
    found.push_back(*record);
  }
  return found;
}

TEST(Frame, GroupsComeBack) {
  const auto records = records_from(41, 3);
  const std::string frame = frame_of(records, Digest{7});
  const auto header = decode_frame_header(frame);
  ASSERT_TRUE(header.ok());
  EXPECT_EQ(header->epoch, kEpoch);
  EXPECT_EQ(header->first, Sequence{41});
  EXPECT_EQ(header->last(), Sequence{43});
  EXPECT_EQ(header->previous_chain, Digest{7});
  EXPECT_EQ(header->chain, chain_of(frame));
  const auto found = records_in(frame);
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found->size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(*(*found)[i], *records[i]);
}

TEST(Frame, ARecordIsFoundWithoutReadingThoseBefore) {
  const std::string frame = frame_of(records_from(41, 3));
  FrameRecords records{frame, *decode_frame_header(frame)};
  records.skip_to(Sequence{43});
  EXPECT_EQ((*records.next())->sequence, Sequence{43});
  EXPECT_TRUE(records.at_end());
  records.skip_to(Sequence{99});
  EXPECT_TRUE(records.at_end());
}

TEST(Frame, TheChainCoversEveryByteAndThePreviousChain) {
  const auto records = records_from(1, 2);
  const std::string frame = frame_of(records);
  EXPECT_NE(chain_of(frame_of(records, Digest{1})), chain_of(frame));
  for (std::size_t at = 1; at < frame.size(); ++at) {
    std::string changed = frame;
    changed[at] = static_cast<char>(changed[at] ^ 0x10);
    const auto header = decode_frame_header(changed);
    EXPECT_TRUE(!header.ok() || header->chain != chain_of(changed)) << at;
  }
}

TEST(Frame, CutGroupsAreRefused) {
  const std::string frame = frame_of(records_from(1, 2));
  for (std::size_t size = 0; size < frame.size(); ++size)
    ASSERT_FALSE(records_in(frame.substr(0, size)).ok()) << size;
  EXPECT_FALSE(records_in(frame + "x").ok());
}

TEST(Frame, ARecordInTheWrongPlaceIsRefused) {
  auto records = records_from(1, 2);
  std::swap(records[0], records[1]);
  std::string frame;
  encode_frame(kEpoch, {}, records, frame);  // starts at 2 and goes on with 1
  const auto found = records_in(frame);
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().what, "record has another sequence");
}

TEST(Frame, ARecordOfAnotherEpochIsRefused) {
  std::string frame;
  encode_frame(Epoch{4}, {}, records_from(1, 1), frame);
  EXPECT_EQ(records_in(frame).error().what, "record has another epoch");
}

RC_GTEST_PROP(Frame, ChangedGroupsAreRefusedOrReadWithoutHarm, ()) {
  std::string frame = frame_of(records_from(1, 2));
  for (int i = 0; i < 6; ++i)
    frame[*rc::gen::inRange<std::size_t>(0, frame.size())] = *rc::gen::arbitrary<char>();
  static_cast<void>(records_in(frame).ok());
}

// If this fails the format has changed: old journals would not be readable any more. Give the
// record or the group a new version and keep reading the old one.
TEST(Frame, TheWorkedExampleOfTheFormatDocumentIsWhatTheJournalWrites) {
  Digest previous;
  previous.fill(0xb0);
  const RecordPtr record = std::make_shared<const JournalRecord>(worked_record());
  std::string frame;
  encode_frame(record->epoch, previous, {&record, 1}, frame);
  const auto documented = testing::hex_block("worked example: a group");
  ASSERT_TRUE(documented.ok()) << documented.error();
  EXPECT_EQ(to_hex(documented->bytes), to_hex(frame));
}

}  // namespace
}  // namespace gongji::stores
