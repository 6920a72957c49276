#include "gateway/wire/person_fields.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace gongji::gateway::wire {
namespace {

Instant on(int year, unsigned month, unsigned day) {
  return start_of(
      CivilDate{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}});
}

struct Row {
  const char* certno;
  const char* gender;
  const char* birth_date;
  Instant at;
  const char* shown_gender;
  const char* shown_birth_date;
  int age_tenths;
};

TEST(PersonFields, ComeFromImportElseFromTheCertnoElseAreUnknown) {
  const Row rows[] = {
      {"440100199001010010", "", "", on(2026, 11, 22), "1", "1990-01-01", 368},
      {"440100199001010020", "", "", on(2026, 11, 22), "2", "1990-01-01", 368},
      {"44010019900101001X", "", "", on(2026, 11, 22), "1", "1990-01-01", 368},
      {"440100199001010010", "2", "1991-02-03", on(2026, 11, 22), "2", "1991-02-03", 358},
      {"", "", "2016-07-20", on(2026, 7, 19), "9", "2016-07-20", 99},
      {"", "", "2016-07-20", on(2026, 7, 20), "9", "2016-07-20", 100},
      {"", "", "2016-02-29", on(2026, 2, 28), "9", "2016-02-29", 99},
      {"", "", "2016-02-29", on(2026, 3, 1), "9", "2016-02-29", 100},
      {"", "", "2030-01-01", on(2026, 3, 1), "9", "2030-01-01", 0},
      {"", "", "", on(2026, 11, 22), "9", "1900-01-01", 0},
      {"440100900101001", "", "", on(2026, 11, 22), "9", "1900-01-01", 0},     // 15 digits
      {"440100199013010010", "", "", on(2026, 11, 22), "9", "1900-01-01", 0},  // month 13
      {"H4010019900101001X", "", "", on(2026, 11, 22), "9", "1900-01-01", 0},
  };
  for (const Row& row : rows) {
    PersonCard card;
    card.certno = row.certno;
    card.gender = row.gender;
    card.birth_date = row.birth_date;
    const ShownPerson shown = shown_person(card, row.at);
    EXPECT_EQ(shown.gender, row.shown_gender) << row.certno << row.birth_date;
    EXPECT_EQ(shown.birth_date, row.shown_birth_date) << row.certno << row.birth_date;
    EXPECT_EQ(shown.age_tenths, row.age_tenths) << row.certno << row.birth_date;
  }
}

}  // namespace
}  // namespace gongji::gateway::wire
