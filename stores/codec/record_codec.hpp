// A journal record as bytes: version byte, then the fields of docs/formats/journal.md. Decoding
// never trusts the bytes. Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>

#include "domain/record.hpp"
#include "domain/result.hpp"
#include "stores/codec/bytes.hpp"

namespace gongji::stores {

constexpr std::uint8_t kRecordVersion = 2;

// The version these bytes claim to have; 0 for no bytes.
inline std::uint8_t version_of_record(std::string_view bytes) {
  return bytes.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(bytes[0]);
}

// Appends to `out`.
void encode_record(const JournalRecord& record, std::string& out);
Result<JournalRecord, DecodeError> decode_record(std::string_view bytes);

}  // namespace gongji::stores
