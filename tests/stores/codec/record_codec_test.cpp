#include "stores/codec/record_codec.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/stores/support/arbitrary_records.hpp"
#include "tests/stores/support/hostile.hpp"
#include "tests/stores/support/worked_record.hpp"

namespace gongji::stores {
namespace {

using testing::any_command;
using testing::any_event;
using testing::any_record;
using testing::worked_record;

std::string encoded(const JournalRecord& record) {
  std::string bytes;
  encode_record(record, bytes);
  return bytes;
}

std::optional<std::string> recode(std::string_view bytes) {
  const auto record = decode_record(bytes);
  if (!record) return std::nullopt;
  return encoded(*record);
}

void check_comes_back(const JournalRecord& record) {
  const std::string bytes = encoded(record);
  const auto decoded = decode_record(bytes);
  RC_ASSERT(decoded.ok());
  RC_ASSERT(*decoded == record);
}

RC_GTEST_PROP(RecordCodec, WhatWasWrittenComesBack, ()) { check_comes_back(*any_record()); }

template <class Variant, std::size_t... kIndex>
std::vector<Variant> one_of_each(std::index_sequence<kIndex...>) {
  return {Variant{std::in_place_index<kIndex>}...};
}
template <class Variant>
std::vector<Variant> one_of_each() {
  return one_of_each<Variant>(std::make_index_sequence<std::variant_size_v<Variant>>{});
}

TEST(RecordCodec, EveryKindOfCommandAndEventComesBackEmpty) {
  JournalRecord record = worked_record();
  for (const Command& command : one_of_each<Command>()) {
    record.command = command;
    EXPECT_EQ(decode_record(encoded(record)).value(), record) << command.index();
  }
  for (const Event& event : one_of_each<Event>()) {
    record.outcome = Events{event, event};
    EXPECT_EQ(decode_record(encoded(record)).value(), record) << event.index();
  }
}

RC_GTEST_PROP(RecordCodec, EveryKindOfCommandComesBackFull, ()) {
  JournalRecord record = worked_record();
  for (std::size_t kind = 0; kind < std::variant_size_v<Command>; ++kind) {
    record.command = *any_command(kind);
    check_comes_back(record);
  }
}

RC_GTEST_PROP(RecordCodec, EveryKindOfEventComesBackFull, ()) {
  JournalRecord record = worked_record();
  for (std::size_t kind = 0; kind < std::variant_size_v<Event>; ++kind) {
    record.outcome = Events{*any_event(kind)};
    check_comes_back(record);
  }
}

TEST(RecordCodec, CutBytesAreRefused) {
  testing::expect_refused_when_cut(encoded(worked_record()), recode);
}

TEST(RecordCodec, ChangedBytesAreNeverMistakenForTheOriginal) {
  testing::expect_no_mistaking_when_changed(encoded(worked_record()), recode);
}

RC_GTEST_PROP(RecordCodec, HostileBytesAreRefusedOrReadAsTheyStand, ()) {
  std::string bytes = encoded(*any_record());
  const auto changes = *rc::gen::inRange(1, 8);
  for (int i = 0; i < changes; ++i)
    bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
  bytes.resize(*rc::gen::inRange<std::size_t>(0, bytes.size() + 3));
  const auto again = recode(bytes);
  RC_ASSERT(!again || *again == bytes);
}

RC_GTEST_PROP(RecordCodec, NoiseIsRefusedOrReadAsItStands, (std::string bytes)) {
  bytes.insert(bytes.begin(), static_cast<char>(kRecordVersion));
  const auto again = recode(bytes);
  RC_ASSERT(!again || *again == bytes);
}

TEST(RecordCodec, AnotherVersionIsRefusedByName) {
  std::string bytes = encoded(worked_record());
  bytes[0] = 1;
  EXPECT_EQ(decode_record(bytes).error().text(), "unknown record version at byte 1");
}

TEST(RecordCodec, AHugeCountDoesNotAllocate) {
  JournalRecord record = worked_record();
  record.balances.clear();
  std::string bytes = encoded(record);
  bytes.pop_back();  // the count of balances
  ByteWriter{bytes}.varint(std::uint64_t{1} << 60);
  EXPECT_EQ(decode_record(bytes).error().what, "count too large");
}

TEST(RecordCodec, AnIdIsSpelledOutOnce) {
  JournalRecord record = worked_record();
  const auto size = [&] { return encoded(record).size(); };
  const std::size_t before = size();
  record.balances.push_back(record.balances[0]);
  EXPECT_EQ(size(), before + 3) << "a reference and two amounts of zero";
}

TEST(RecordCodec, ASettlementTakesSomeThreeHundredBytes) {
  const JournalRecord record = worked_record();
  const std::size_t size = encoded(record).size() - record.origin.business_input.size();
  EXPECT_LT(size, 370U);
  EXPECT_GT(size, 250U);
}

}  // namespace
}  // namespace gongji::stores
