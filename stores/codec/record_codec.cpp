#include "stores/codec/record_codec.hpp"

#include "stores/codec/decoder.hpp"
#include "stores/codec/encoder.hpp"
#include "stores/codec/event_fields.hpp"

namespace gongji::stores {
namespace {

void describe_origin(auto& fields, auto& origin, Instant decided_at) {
  auto& [key, digest, business_input, received_at, channel, operator_id, acting_person] = origin;
  fields(key, digest, business_input);
  fields.instant_near(received_at, decided_at);
  fields(channel, operator_id, acting_person);
}

}  // namespace

void describe(auto& fields, Is<ProfileRef> auto& profile) {
  auto& [id, hash] = profile;
  fields(id);
  fields.hex(hash);
}

void describe(auto& fields, Is<BalanceAfter> auto& balance) {
  auto& [person, current_year, carryover] = balance;
  fields(person, current_year, carryover);
}

void describe(auto& fields, Is<JournalRecord> auto& record) {
  auto& [sequence, epoch, household, previous, at, origin, keys, profile, command, outcome,
         balances] = record;
  fields(sequence, epoch, household, previous, at);
  describe_origin(fields, origin, at);
  fields(keys, profile, command, outcome, balances);
}

void encode_record(const JournalRecord& record, std::string& out) {
  out.push_back(static_cast<char>(kRecordVersion));
  Encoder{out}(record);
}

Result<JournalRecord, DecodeError> decode_record(std::string_view bytes) {
  Decoder decoder{bytes};
  if (decoder.bytes().byte() != kRecordVersion) decoder.bytes().fail("unknown record version");
  JournalRecord record;
  decoder(record);
  return decoder.finish(std::move(record));
}

}  // namespace gongji::stores
