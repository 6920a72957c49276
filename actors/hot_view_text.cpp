#include "actors/hot_view_text.hpp"

#include <array>
#include <cstring>
#include <type_traits>

namespace gongji::actors {
namespace {

constexpr std::array kTexts{&PersonCard::psn_name,   &PersonCard::psn_cert_type,
                            &PersonCard::certno,     &PersonCard::card_no,
                            &PersonCard::psn_type,   &PersonCard::gender,
                            &PersonCard::birth_date, &PersonCard::area};

// What is not text, as it lies in memory.
struct Rest {
  Scheme scheme;
  InsuredStatus status;
  AccountState account_state;
  bool has_network;
  CivilDate until;
};
static_assert(std::is_trivially_copyable_v<Rest>);

void put(std::string& text, std::string_view value) {
  const auto size = static_cast<std::uint16_t>(value.size());
  text.append(reinterpret_cast<const char*>(&size), sizeof size);
  text.append(value.data(), size);
}

std::string_view take(std::string_view& text) {
  std::uint16_t size = 0;
  std::memcpy(&size, text.data(), sizeof size);
  const std::string_view value = text.substr(sizeof size, size);
  text.remove_prefix(sizeof size + size);
  return value;
}

void put_details(std::string& text, const HotDetails& details) {
  const Rest rest{details.card.scheme, details.status, details.account_state, details.has_network,
                  details.until};
  text.append(reinterpret_cast<const char*>(&rest), sizeof rest);
  for (const auto& member : kTexts) put(text, details.card.*member);
  put(text, details.role);
}

HotDetails take_details(std::string_view& text) {
  Rest rest;
  std::memcpy(&rest, text.data(), sizeof rest);
  text.remove_prefix(sizeof rest);
  HotDetails details;
  for (const auto& member : kTexts) details.card.*member = take(text);
  details.card.scheme = rest.scheme;
  details.status = rest.status;
  details.account_state = rest.account_state;
  details.has_network = rest.has_network;
  details.until = rest.until;
  details.role = take(text);
  return details;
}

}  // namespace

std::string pack_persons(const std::vector<HotPerson>& persons) {
  std::string text;
  for (const HotPerson& person : persons) put(text, person.id.text());
  for (const HotPerson& person : persons) put_details(text, *person.details);
  text.shrink_to_fit();
  return text;
}

bool is_of(std::string_view text, const std::vector<HotPerson>& persons) {
  for (const HotPerson& person : persons)
    if (take(text) != person.id.text()) return false;
  return true;
}

void unpack_persons(std::string_view text, bool details, std::vector<HotPerson>& persons) {
  for (HotPerson& person : persons) person.id = PersonId{take(text)};
  if (!details) return;
  for (HotPerson& person : persons) person.details = take_details(text);
}

}  // namespace gongji::actors
