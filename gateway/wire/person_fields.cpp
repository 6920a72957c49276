#include "gateway/wire/person_fields.hpp"

#include <algorithm>
#include <optional>

namespace gongji::gateway::wire {
namespace {

constexpr std::string_view kUnknownGender = "9";
constexpr std::string_view kUnknownBirthDate = "1900-01-01";
constexpr std::size_t kBirthDay = 6;  // yyyymmdd from here in an 18-digit certno
constexpr std::size_t kGenderDigit = 16;

struct CertnoFacts {
  CivilDate birth;
  bool male;
};

// Nothing when it is not an 18-digit resident number with a real date in it.
std::optional<CertnoFacts> facts_of(std::string_view certno) {
  const bool shaped =
      certno.size() == 18 &&
      std::all_of(certno.begin(), certno.end() - 1, [](char c) { return c >= '0' && c <= '9'; });
  if (!shaped) return std::nullopt;
  std::string day{certno.substr(kBirthDay, 8)};
  day.insert(6, "-").insert(4, "-");
  const auto birth = parse_date(day);
  if (!birth) return std::nullopt;
  return CertnoFacts{*birth, (certno[kGenderDigit] - '0') % 2 == 1};
}

// 29 February becomes 1 March in years without one.
std::chrono::sys_days birthday_in(CivilDate birth, std::chrono::year year) {
  const CivilDate day{year, birth.month(), birth.day()};
  if (day.ok()) return std::chrono::sys_days{day};
  return std::chrono::sys_days{year / std::chrono::March / 1};
}

// Whole tenths of a year that have passed.
int age_tenths(CivilDate birth, CivilDate today) {
  const std::chrono::sys_days now{today};
  const bool before_birthday = now < birthday_in(birth, today.year());
  const std::chrono::year last =
      before_birthday ? today.year() - std::chrono::years{1} : today.year();
  const auto since = now - birthday_in(birth, last);
  const auto year_length =
      birthday_in(birth, last + std::chrono::years{1}) - birthday_in(birth, last);
  const int years = static_cast<int>(last) - static_cast<int>(birth.year());
  return std::max(0, years * 10 + static_cast<int>(since.count() * 10 / year_length.count()));
}

}  // namespace

ShownPerson shown_person(const PersonCard& card, Instant at) {
  const auto facts = facts_of(card.certno);
  ShownPerson shown{card.gender, card.birth_date, 0};
  if (shown.gender.empty())
    shown.gender = facts ? std::string_view{facts->male ? "1" : "2"} : kUnknownGender;
  const auto imported = parse_date(card.birth_date);
  const auto birth = imported ? imported : facts ? std::optional{facts->birth} : std::nullopt;
  shown.birth_date = birth ? to_text(*birth) : std::string{kUnknownBirthDate};
  if (birth) shown.age_tenths = age_tenths(*birth, civil_date(at));
  return shown;
}

void write_person_fields(json::JsonWriter& out, const PersonId& id, const PersonCard& card,
                         Instant at) {
  const ShownPerson shown = shown_person(card, at);
  out.text("psn_no", id.text());
  out.text("psn_name", card.psn_name);
  out.text("psn_cert_type", card.psn_cert_type);
  out.text("certno", card.certno);
  out.text("gend", shown.gender);
  out.text("naty", "");  // not in our books
  out.text("brdy", shown.birth_date);
  out.decimal("age", shown.age_tenths, 1);
}

}  // namespace gongji::gateway::wire
