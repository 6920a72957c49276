// A journal record as bytes: version byte, then the fields of docs/formats/journal.md. Decoding
// never trusts the bytes. Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>

#include "domain/record.hpp"
#include "domain/result.hpp"
#include "stores/codec/bytes.hpp"

namespace gongji::stores {

constexpr std::uint8_t kRecordVersion = 1;

// Appends to `out`.
void encode_record(const JournalRecord& record, std::string& out);
Result<JournalRecord, DecodeError> decode_record(std::string_view bytes);

}  // namespace gongji::stores
