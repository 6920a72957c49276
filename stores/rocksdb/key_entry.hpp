// The value in the index's table of keys: record u64 (big-endian) | psn_no, of an enrolment only.
// Internal to this folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/ids.hpp"
#include "stores/codec/bytes.hpp"
#include "stores/rocksdb/journal_keys.hpp"

namespace gongji::stores {

// What a key leads to: its record and, when that one enrolled somebody, whom.
struct KeyEntry {
  Sequence record;
  PersonId enrolled;
};

inline std::string key_entry(const KeyEntry& entry) {
  return number_key(entry.record.number()) + entry.enrolled.text();
}

inline std::optional<KeyEntry> key_entry_in(std::string_view bytes) {
  ByteReader in{bytes};
  const Sequence record{in.big_endian<std::uint64_t>()};
  if (record.is_none()) return std::nullopt;
  return KeyEntry{record, PersonId{in.raw(in.remaining())}};
}

}  // namespace gongji::stores
