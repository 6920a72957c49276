#include "stores/codec/frame.hpp"

#include <algorithm>
#include <memory>

#include "stores/codec/record_codec.hpp"
#include "stores/sha256.hpp"

namespace gongji::stores {
namespace {

constexpr std::size_t kChainAt = 1;
constexpr std::size_t kHashedFrom = 33;
constexpr std::size_t kHeaderBytes = 85;

void write_over(std::string& out, std::size_t at, std::string_view bytes) {
  std::copy(bytes.begin(), bytes.end(), out.begin() + static_cast<std::ptrdiff_t>(at));
}

void append_with_length(const JournalRecord& record, std::string& out) {
  const std::size_t length_at = out.size();
  ByteWriter{out}.big_endian(std::uint32_t{0});
  encode_record(record, out);
  std::string length;
  ByteWriter{length}.big_endian(static_cast<std::uint32_t>(out.size() - length_at - 4));
  write_over(out, length_at, length);
}

Digest read_digest(ByteReader& in) {
  Digest digest{};
  const std::string_view bytes = in.raw(digest.size());
  std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

}  // namespace

FrameHeader encode_frame(Epoch epoch, const Digest& previous_chain,
                         std::span<const RecordPtr> records, std::string& out) {
  FrameHeader header{{},
                     previous_chain,
                     epoch,
                     records.front()->sequence,
                     static_cast<std::uint32_t>(records.size())};
  out.clear();
  ByteWriter writer{out};
  writer.byte(kFrameVersion);
  writer.raw(header.chain);
  writer.raw(header.previous_chain);
  writer.big_endian(header.epoch.number());
  writer.big_endian(header.first.number());
  writer.big_endian(header.count);
  for (const RecordPtr& record : records) append_with_length(*record, out);
  header.chain = chain_of(out);
  std::copy(header.chain.begin(), header.chain.end(), out.begin() + kChainAt);
  return header;
}

Result<FrameHeader, DecodeError> decode_frame_header(std::string_view frame) {
  ByteReader in{frame};
  FrameHeader header;
  if (in.byte() != kFrameVersion) in.fail("unknown group version");
  header.chain = read_digest(in);
  header.previous_chain = read_digest(in);
  header.epoch = Epoch{in.big_endian<std::uint64_t>()};
  header.first = Sequence{in.big_endian<std::uint64_t>()};
  header.count = in.big_endian<std::uint32_t>();
  if (header.count == 0 || header.first.is_none()) in.fail("group of nothing");
  if (header.count > in.remaining()) in.fail("group ends too early");
  if (header.last() < header.first) in.fail("sequences overflow");
  if (!in.ok()) return in.error();
  return header;
}

Digest chain_of(std::string_view frame) { return sha256(frame.substr(kHashedFrom)); }

FrameRecords::FrameRecords(std::string_view frame, const FrameHeader& header)
    : header_(header), in_(frame.substr(kHeaderBytes)), next_(header.first) {}

Result<RecordPtr, DecodeError> FrameRecords::next() {
  const std::string_view bytes = next_bytes();
  if (!in_.ok()) return in_.error();
  auto record = decode_record(bytes);
  if (!record) return record.error();
  if (record->sequence != next_) return DecodeError{"record has another sequence"};
  if (record->epoch != header_.epoch) return DecodeError{"record has another epoch"};
  next_ = next_.next();
  if (at_end() && !in_.at_end()) return in_.error();
  return std::make_shared<const JournalRecord>(std::move(record).value());
}

std::uint8_t FrameRecords::next_version() const {
  FrameRecords ahead = *this;
  return version_of_record(ahead.next_bytes());
}

void FrameRecords::skip_to(Sequence sequence) {
  while (next_ < sequence && in_.ok()) {
    next_bytes();
    next_ = next_.next();
  }
}

std::string_view FrameRecords::next_bytes() {
  const auto length = in_.big_endian<std::uint32_t>();
  return in_.raw(length);
}

}  // namespace gongji::stores
