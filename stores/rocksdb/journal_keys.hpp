// Keys of the journal database:
//   'e'                                            last epoch taken (u64, big-endian)
//   'j' | partition u16 (0) | first sequence u64   one group (codec/frame.hpp); integers big-endian
// and of two tables of the index database:
//   kind u8 | sequence u64                         one open mark
//   kind u8 | bucket u32 | institution | 0 | first sequence u64
//                                                  one segment of a list of postings
// The partition is there for a journal that is spread over machines; this store has one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/ids.hpp"
#include "domain/posting.hpp"
#include "stores/codec/bytes.hpp"
#include "stores/open_marks.hpp"

namespace gongji::stores {

constexpr std::string_view kEpochKey = "e";
constexpr std::string_view kGroupPrefix{"j\0\0", 3};
constexpr std::size_t kGroupKeyBytes = 11;

inline std::string number_key(std::uint64_t number) {
  std::string key;
  ByteWriter{key}.big_endian(number);
  return key;
}

// Nothing when `bytes` are not a number of 8 bytes.
inline std::optional<std::uint64_t> number_in(std::string_view bytes) {
  ByteReader in{bytes};
  const auto number = in.big_endian<std::uint64_t>();
  if (!in.at_end()) return std::nullopt;
  return number;
}

inline std::string mark_key(const Mark& mark) {
  return static_cast<char>(mark.kind) + number_key(mark.at.number());
}

inline std::optional<Mark> mark_in(std::string_view key) {
  ByteReader in{key};
  const auto kind = static_cast<MarkKind>(in.byte());
  const Sequence at{in.big_endian<std::uint64_t>()};
  if (!in.at_end()) return std::nullopt;
  return Mark{kind, at};
}

// Of all segments of the list; codes of institutions hold no zero byte.
inline std::string posting_prefix(const PostingList& list) {
  std::string key{static_cast<char>(list.kind)};
  ByteWriter out{key};
  out.big_endian(list.bucket);
  out.raw(list.institution.text());
  out.byte(0);
  return key;
}
inline std::string posting_key(const PostingList& list, Sequence first) {
  return posting_prefix(list) + number_key(first.number());
}
inline std::string group_key(Sequence first) {
  return std::string{kGroupPrefix} + number_key(first.number());
}

inline bool is_group_key(std::string_view key) {
  return key.size() == kGroupKeyBytes && key.substr(0, kGroupPrefix.size()) == kGroupPrefix;
}

}  // namespace gongji::stores
