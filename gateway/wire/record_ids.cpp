#include "gateway/wire/record_ids.hpp"

#include <algorithm>

namespace gongji::gateway::wire {
namespace {

constexpr std::size_t kDayDigits = 8;
constexpr std::size_t kSequenceDigits = 12;
constexpr std::size_t kAreaDigits = 6;
constexpr std::size_t kTimeDigits = 14;
constexpr std::size_t kSerialDigits = 10;
constexpr std::size_t kSignSerialDigits = 12;

// The last `width` digits of a number.
void append_digits(std::string& out, std::uint64_t number, std::size_t width) {
  const std::size_t from = out.size();
  out.resize(from + width, '0');
  for (std::size_t i = out.size(); i-- > from; number /= 10)
    out[i] = static_cast<char>('0' + number % 10);
}

std::string record_id(char kind, Sequence sequence, Instant at) {
  std::string id;
  id.reserve(1 + kDayDigits + kSequenceDigits);
  id += kind;
  id += to_compact_text(at).substr(0, kDayDigits);
  append_digits(id, sequence.number(), kSequenceDigits);
  return id;
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string make_setl_id(Sequence sequence, Instant at) { return record_id('S', sequence, at); }
std::string make_mdtrt_id(Sequence sequence, Instant at) { return record_id('M', sequence, at); }

std::optional<Sequence> sequence_of_setl_id(std::string_view setl_id) {
  const bool ours = setl_id.size() == 1 + kDayDigits + kSequenceDigits && setl_id[0] == 'S' &&
                    all_digits(setl_id.substr(1));
  if (!ours) return std::nullopt;
  std::uint64_t number = 0;
  for (const char c : setl_id.substr(1 + kDayDigits))
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
  if (number == 0) return std::nullopt;
  return Sequence{number};
}

std::string make_inf_refmsgid(std::string_view area, Instant at, std::uint64_t serial) {
  std::string id;
  id.reserve(kAreaDigits + kTimeDigits + kSerialDigits);
  id += area.substr(0, kAreaDigits);
  id.resize(kAreaDigits, '0');
  id += to_compact_text(at).substr(0, kTimeDigits);
  append_digits(id, serial, kSerialDigits);
  return id;
}

std::string make_sign_no(Instant at, std::uint64_t serial) {
  std::string id = "S" + to_compact_text(at);
  append_digits(id, serial, kSignSerialDigits);
  return id;
}

}  // namespace gongji::gateway::wire
