#include "stores/shelf_list.hpp"

#include <algorithm>
#include <charconv>

namespace gongji::stores {
namespace {

constexpr std::size_t kDayDigits = 8;
constexpr std::size_t kSerialDigits = 20;
constexpr std::size_t kHead = 2 + kDayDigits;  // "FQ" and the day

std::string number_of(std::uint64_t serial, Instant now) {
  std::string digits = std::to_string(serial);
  digits.insert(0, kSerialDigits - std::min(kSerialDigits, digits.size()), '0');
  return "FQ" + to_compact_text(now).substr(0, kDayDigits) + digits;
}

std::uint64_t serial_in(std::string_view number) {
  std::uint64_t serial = 0;
  if (number.size() > kHead)
    std::from_chars(number.data() + kHead, number.data() + number.size(), serial);
  return serial;
}

bool expired(const ShelvedFile& file, Instant now) { return file.kept_until <= now; }

}  // namespace

void ShelfList::add(Entry entry) {
  last_serial_ = std::max(last_serial_, serial_in(entry.file.number));
  ++files_;
  bytes_ += entry.bytes;
  const std::string number = entry.file.number;
  by_number_.insert_or_assign(number, std::move(entry));
}

std::optional<ShelvedFile> ShelfList::admit(const InstitutionCode& owner, std::string_view name,
                                            std::uint64_t bytes, Instant now) {
  std::uint64_t files = 1;
  for (const auto& [number, entry] : by_number_) {
    if (entry.file.owner != owner || expired(entry.file, now)) continue;
    ++files;
    bytes += entry.bytes;
  }
  if (files > limits_.owner_files_max || bytes > limits_.owner_bytes_max) return std::nullopt;
  const CivilDate last{std::chrono::sys_days{civil_date(now)} +
                       std::chrono::days{limits_.keep_days}};
  return ShelvedFile{number_of(++last_serial_, now), owner, std::string{name}, start_of(last)};
}

const ShelfList::Entry* ShelfList::find(const InstitutionCode& owner, std::string_view number,
                                        Instant now) const {
  const auto found = by_number_.find(number);
  const bool visible = found != by_number_.end() && found->second.file.owner == owner &&
                       !expired(found->second.file, now);
  return visible ? &found->second : nullptr;
}

std::vector<std::string> ShelfList::take_expired(Instant now) {
  std::vector<std::string> numbers;
  for (auto each = by_number_.begin(); each != by_number_.end();) {
    if (!expired(each->second.file, now)) {
      ++each;
      continue;
    }
    numbers.push_back(each->first);
    --files_;
    bytes_ -= each->second.bytes;
    each = by_number_.erase(each);
  }
  return numbers;
}

}  // namespace gongji::stores
