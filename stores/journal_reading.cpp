#include "stores/journal_reading.hpp"

#include <algorithm>

#include "stores/codec/frame.hpp"
#include "stores/codec/record_codec.hpp"

namespace gongji::stores {
namespace {

constexpr const char* kWrongChain = "the chain hash of its group is wrong";

StoreError damaged(Sequence at, const std::string& what) {
  return {"journal, record " + std::to_string(at.number()) + ": " + what};
}

// What is wrong with a group in its place behind `before`; nothing when it is right.
const char* fault_in(const FrameHeader& header, std::string_view frame, const FrameHeader& before) {
  if (header.epoch < before.epoch) return "was written by an older epoch than the record before";
  if (header.previous_chain != before.chain) return "does not continue the chain before it";
  if (header.chain != chain_of(frame)) return kWrongChain;
  return nullptr;
}

// A journal holds records of one version only: of another one it is refused before anything is
// written behind them.
Status<StoreError> version_is_ours(std::string_view frame, const FrameHeader& header) {
  const unsigned version = FrameRecords{frame, header}.next_version();
  if (version == kRecordVersion) return Done{};
  return damaged(header.first, "it has format version " + std::to_string(version) +
                                   ", but this program reads and writes version " +
                                   std::to_string(kRecordVersion) +
                                   ". Nothing was changed: run the program that wrote this data "
                                   "directory, or start this one on a new directory");
}

using Visit = std::function<bool(const RecordPtr&)>;

// False once `visit` has seen enough.
Result<bool, StoreError> visit_group(std::string_view frame, const FrameHeader& header,
                                     Sequence from, const Visit& visit) {
  FrameRecords records{frame, header};
  records.skip_to(from);
  while (!records.at_end()) {
    const Sequence at = records.next_sequence();
    const auto record = records.next();
    if (!record) return damaged(at, record.error().text());
    if (!visit(*record)) return false;
  }
  return true;
}

Sequence after(const FrameHeader& before) {
  return before.count == 0 ? Sequence{1} : before.last().next();
}

// Puts the cursor on the group that holds `from` and gives the header in front of it: of nothing
// (count 0, chain of zeros) when that is the first group.
Result<FrameHeader, StoreError> start_at(GroupCursor& cursor, Sequence from) {
  if (!cursor.seek(from) || !cursor.back()) return FrameHeader{};
  const auto header = decode_frame_header(cursor.frame());
  if (!header) return damaged(from, "the group before it: " + header.error().text());
  cursor.forward();
  return *header;
}

}  // namespace

Result<JournalHead, StoreError> read_head(GroupCursor& cursor) {
  if (!cursor.seek(Sequence{~std::uint64_t{0}})) {
    if (auto status = cursor.status(); !status) return std::move(status).error();
    return JournalHead{};
  }
  const auto header = decode_frame_header(cursor.frame());
  if (!header) return StoreError{"journal, last group: " + header.error().text()};
  if (header->chain != chain_of(cursor.frame())) return damaged(header->first, kWrongChain);
  if (auto ours = version_is_ours(cursor.frame(), *header); !ours) return std::move(ours).error();
  return JournalHead{header->last(), header->epoch, header->chain};
}

Result<RecordPtr, StoreError> read_record(GroupCursor& cursor, Sequence sequence) {
  if (!cursor.seek(sequence)) {
    if (auto status = cursor.status(); !status) return std::move(status).error();
    return damaged(sequence, "is not there");
  }
  const auto header = decode_frame_header(cursor.frame());
  if (!header) return damaged(sequence, header.error().text());
  if (!header->holds(sequence)) return damaged(sequence, "is not there");
  FrameRecords records{cursor.frame(), *header};
  records.skip_to(sequence);
  auto record = records.next();
  if (!record) return damaged(sequence, record.error().text());
  return std::move(record).value();
}

Status<StoreError> scan_records(GroupCursor& cursor, Sequence from, Sequence durable,
                                const Visit& visit) {
  const auto start = start_at(cursor, from);
  if (!start) return start.error();
  FrameHeader before = *start;
  for (bool more = cursor.status().ok() && !cursor.frame().empty(); more; more = cursor.forward()) {
    const Sequence expected = after(before);
    const auto header = decode_frame_header(cursor.frame());
    if (!header) return damaged(expected, header.error().text());
    if (header->first != expected) return damaged(expected, "is missing");
    if (const char* fault = fault_in(*header, cursor.frame(), before))
      return damaged(expected, fault);
    const auto wants_more = visit_group(cursor.frame(), *header, from, visit);
    if (!wants_more) return wants_more.error();
    if (!*wants_more) return Done{};
    before = *header;
  }
  if (auto status = cursor.status(); !status) return status;
  if (after(before) <= durable) return damaged(after(before), "is missing");
  return Done{};
}

}  // namespace gongji::stores
