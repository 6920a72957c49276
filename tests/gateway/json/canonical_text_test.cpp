#include "gateway/json/canonical_text.hpp"

#include <gtest/gtest.h>

#include <array>

#include "tests/gateway/json/padded.hpp"

namespace gongji::gateway::json {
namespace {

using testing::Padded;

constexpr std::array<FieldSpec, 5> kSpecs{{
    {"psn_no", FieldKind::kId, 30},
    {"medfee_sumamt", FieldKind::kMoney},
    {"cnt", FieldKind::kQuantity},
    {"use_family", FieldKind::kFlag},
    {"memo", FieldKind::kText, 100},
}};

std::string canonical(std::string_view json, std::string_view section = "data") {
  const Padded text{json};
  JsonDocument document;
  FieldValues values{kSpecs};
  const JsonNode* root = document.read(text.view());
  EXPECT_NE(root, nullptr);
  EXPECT_FALSE(read_fields(*root, "", values));
  std::string out;
  append_section(out, section, values);
  return out;
}

TEST(CanonicalText, IsTheSameForEverySpellingOfTheSameInput) {
  const std::string expected =
      ">data\npsn_no=4401\nmedfee_sumamt=86.50\ncnt=2.0000\nuse_family=0\n";
  for (const char* json :
       {R"({"psn_no":"4401","medfee_sumamt":86.50,"cnt":2,"use_family":"0"})",
        R"({"psn_no":4401,"medfee_sumamt":"86.5","cnt":"2.0","use_family":false})",
        R"({"use_family":"00","cnt":2.00000,"memo":"","medfee_sumamt":86.500,"psn_no":"4401"})",
        R"({"psn_no":"4401","x":1,"medfee_sumamt":"86.50","cnt":2,"use_family":0,"memo":null})"})
    EXPECT_EQ(canonical(json), expected) << json;
}

TEST(CanonicalText, ValuesComeBackWhateverTheyContain) {
  const std::string text = canonical(R"({"memo":"a\\b\nc=d\\n>e","psn_no":"1"})", "drug[0]");
  const auto sections = parse_canonical(text);
  ASSERT_EQ(sections.size(), 1u);
  EXPECT_EQ(sections[0].name, "drug[0]");
  EXPECT_EQ(sections[0].value("memo"), "a\\b\nc=d\\n>e");
  EXPECT_EQ(sections[0].value("psn_no"), "1");
  EXPECT_EQ(sections[0].value("cnt"), "");
}

TEST(CanonicalText, LinesAreTakenOffInTheirOrder) {
  std::string_view rest = ">drug[0]\nmemo=a\\nb=c\nno line\ncnt=2.0000\n>drug[1]\n";
  const auto heading = take_canonical_line(rest);
  ASSERT_TRUE(heading && heading->is_heading);
  EXPECT_EQ(heading->name, "drug[0]");
  const auto memo = take_canonical_line(rest);
  ASSERT_TRUE(memo && !memo->is_heading);
  EXPECT_EQ(memo->name, "memo");
  EXPECT_EQ(memo->value, "a\\nb=c");
  EXPECT_EQ(memo->text(), "a\nb=c");
  EXPECT_EQ(take_canonical_line(rest)->value, "2.0000");
  EXPECT_EQ(take_canonical_line(rest)->name, "drug[1]");
  EXPECT_FALSE(take_canonical_line(rest));
}

TEST(CanonicalText, FirstDifferenceNamesThePathOfTheField) {
  struct Row {
    std::string recorded;
    std::string sent;
    const char* path;  // null = equal
  };
  const std::string line = ">l[0]\na=1\n>l[1]\na=1\nb=2\n";
  const std::array<Row, 13> rows{{
      {"", "", nullptr},
      {line, line, nullptr},
      {">d\na=1\n", ">d\na=2\n", "d.a"},
      {">d\na=1\nb=2\nc=3\n", ">d\na=1\nc=3\n", "d.b"},
      {">d\na=1\nc=3\n", ">d\na=1\nb=2\nc=3\n", "d.b"},
      {">d\na=1\n", ">d\na=1\nb=2\n", "d.b"},
      {">d\na=1\nb=2\n", ">d\na=1\n", "d.b"},
      {line, ">l[0]\na=1\n>l[1]\na=1\nb=3\n", "l[1].b"},
      {line, ">l[0]\na=1\n", "l[1]"},
      {">l[0]\na=1\n", line, "l[1]"},
      {line, ">l[0]\na=1\nb=2\n>l[1]\na=1\n", "l[0].b"},
      {">l[0]\na=1\n>l[1]\na=2\n", ">l[0]\na=2\n>l[1]\na=1\n", "l[0].a"},
      {">d\na=x\\ny\n", ">d\na=x\\\\ny\n", "d.a"},
  }};
  for (const Row& row : rows) {
    const auto difference = first_difference(row.recorded, row.sent);
    const auto expected = row.path == nullptr ? std::nullopt : std::optional<std::string>{row.path};
    EXPECT_EQ(difference, expected) << row.recorded << row.sent;
  }
}

}  // namespace
}  // namespace gongji::gateway::json
