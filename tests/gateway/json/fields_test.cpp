#include "gateway/json/fields.hpp"

#include <gtest/gtest.h>

#include <array>

#include "tests/gateway/json/padded.hpp"

namespace gongji::gateway::json {
namespace {

using testing::Padded;

constexpr std::array<FieldSpec, 8> kSpecs{{
    {"id", FieldKind::kId, 5, kRequired},
    {"text", FieldKind::kText, 5},
    {"opaque", FieldKind::kOpaque, 10},
    {"money", FieldKind::kMoney},
    {"count", FieldKind::kQuantity},
    {"price", FieldKind::kPrice},
    {"flag", FieldKind::kFlag},
    {"last", FieldKind::kText, 5},
}};

struct Read {
  std::optional<Refusal> refusal;
  FieldValues values{kSpecs};
  Padded text;
  JsonDocument document;

  explicit Read(std::string_view json) : text(json) {
    const JsonNode* root = document.read(text.view());
    EXPECT_NE(root, nullptr) << json;
    refusal = read_fields(*root, "input.data", values);
  }
};

TEST(Fields, ReadsEveryKindInAnyOrderAndIgnoresWhatItDoesNotKnow) {
  const Read read{
      R"({"last":"z","unknown":{"id":1},"flag":"01","price":"28.25","count":2,"money":"86.5",)"
      R"("opaque":"{}","text":"药店五个字","id":42})"};
  ASSERT_FALSE(read.refusal);
  EXPECT_EQ(read.values.text("id"), "42");
  EXPECT_EQ(read.values.text("text"), "药店五个字");
  EXPECT_EQ(read.values.text("opaque"), "{}");
  EXPECT_EQ(read.values.money("money"), Fen{8650});
  EXPECT_EQ(read.values.value(4).scaled, 20'000);
  EXPECT_EQ(read.values.value(5).scaled, 28'250'000);
  EXPECT_TRUE(read.values.flag("flag", false));
  EXPECT_EQ(read.values.text("last"), "z");
}

TEST(Fields, EmptyTextNullAndMissingAreTheSame) {
  for (const char* json :
       {R"({"id":"1"})", R"({"id":"1","money":"","text":"","flag":"","count":""})",
        R"({"id":"1","money":null,"text":null,"flag":null,"count":null})"}) {
    const Read read{json};
    ASSERT_FALSE(read.refusal) << json;
    EXPECT_FALSE(read.values.has("money")) << json;
    EXPECT_EQ(read.values.money("money"), std::nullopt) << json;
    EXPECT_FALSE(read.values.has("text")) << json;
    EXPECT_TRUE(read.values.flag("flag", true)) << json;
    EXPECT_FALSE(read.values.flag("flag", false)) << json;
  }
}

TEST(Fields, FlagsAreTakenInEverySpellingSeenInTheField) {
  const std::array<std::pair<const char*, bool>, 10> rows{{{R"("1")", true},
                                                           {R"("01")", true},
                                                           {R"("001")", true},
                                                           {"1", true},
                                                           {"true", true},
                                                           {R"("0")", false},
                                                           {R"("00")", false},
                                                           {R"("000")", false},
                                                           {"0", false},
                                                           {"false", false}}};
  for (const auto& [spelling, value] : rows) {
    const Read read{std::string{R"({"id":"1","flag":)"} + spelling + "}"};
    ASSERT_FALSE(read.refusal) << spelling;
    EXPECT_EQ(read.values.flag("flag", !value), value) << spelling;
  }
}

TEST(Fields, NamesInCapitalsAreTheSameNames) {
  const Read read{R"({"ID":"7","MONEY":"1.5","Text":"ignored","FLAGS":"1"})"};
  ASSERT_FALSE(read.refusal);
  EXPECT_EQ(read.values.text("id"), "7");
  EXPECT_EQ(read.values.money("money"), Fen{150});
  EXPECT_FALSE(read.values.has("text"));
  EXPECT_FALSE(read.values.has("flag"));
  const Read twice{R"({"id":"7","ID":"7"})"};
  ASSERT_TRUE(twice.refusal);
  EXPECT_EQ(twice.refusal->detail, "input.data.ID 重复出现");
}

TEST(Fields, RowsAreTheObjectsOfAListOrOneObject) {
  struct Row {
    const char* json;
    std::size_t rows;
    const char* fault;
  };
  const Row kRows[] = {{R"({})", 0, ""},
                       {R"({"list":null})", 0, ""},
                       {R"({"list":""})", 0, ""},
                       {R"({"list":[]})", 0, ""},
                       {R"({"list":[{},{}]})", 2, ""},
                       {R"({"list":{"a":1}})", 1, ""},
                       {R"({"list":[{},{},{}]})", 0, "input.list 明细不能超过2行"},
                       {R"({"list":[{},1]})", 0, "input.list[1] 应为对象"},
                       {R"({"list":"x"})", 0, "input.list 应为数组"},
                       {R"({"list":[],"list":[]})", 0, "input.list 重复出现"}};
  for (const Row& row : kRows) {
    const Padded text{row.json};
    JsonDocument document;
    const auto rows = read_rows(*document.read(text.view()), "input", "list", 2);
    EXPECT_EQ(rows.ok() ? rows->size() : 0, row.rows) << row.json;
    EXPECT_EQ(rows.ok() ? "" : rows.error().detail, row.fault) << row.json;
  }
}

TEST(Fields, ARefusalNamesTheFieldByItsPathAndTheRule) {
  const std::array<std::pair<const char*, const char*>, 21> rows{{
      {R"({})", "input.data.id 不能为空"},
      {R"({"id":""})", "input.data.id 不能为空"},
      {R"({"id":null})", "input.data.id 不能为空"},
      {R"({"id":"123456"})", "input.data.id 长度不能超过5"},
      {R"({"id":"1\u0000"})", "input.data.id 不能含控制字符"},
      {R"({"id":"1\n"})", "input.data.id 不能含控制字符"},
      {R"({"id":true})", "input.data.id 应为文本"},
      {R"({"id":{}})", "input.data.id 应为文本"},
      {R"({"id":["1"]})", "input.data.id 应为文本"},
      {R"({"id":"1","id":"1"})", "input.data.id 重复出现"},
      {R"({"id":"1","text":"六个汉字超了"})", "input.data.text 长度不能超过5"},
      {R"({"id":"1","money":"1.005"})", "input.data.money 最多两位小数"},
      {R"({"id":"1","money":1.005})", "input.data.money 最多两位小数"},
      {R"({"id":"1","money":-1})", "input.data.money 不能带正负号"},
      {R"({"id":"1","money":1e2})", "input.data.money 不能用科学计数法"},
      {R"({"id":"1","money":1234567890123})", "input.data.money 整数部分不能超过12位"},
      {R"({"id":"1","money":true})", "input.data.money 应为数字"},
      {R"({"id":"1","money":[]})", "input.data.money 应为数字"},
      {R"({"id":"1","count":"x"})", "input.data.count 应为数字"},
      {R"({"id":"1","flag":"2"})", "input.data.flag 应为0或1"},
      {R"({"id":"1","flag":"0001"})", "input.data.flag 应为0或1"},
  }};
  for (const auto& [json, detail] : rows) {
    const Read read{json};
    ASSERT_TRUE(read.refusal) << json;
    EXPECT_EQ(read.refusal->reason, Reason::kField) << json;
    EXPECT_EQ(read.refusal->detail, detail) << json;
  }
}

TEST(Fields, AnOpaqueFieldThatIsNoTextIsIgnored) {
  const Read read{R"({"id":"1","opaque":{"a":[1]}})"};
  ASSERT_FALSE(read.refusal);
  EXPECT_FALSE(read.values.has("opaque"));
}

TEST(Fields, AChildThatComesTwiceIsRefused) {
  const Padded text{R"({"data":{},"x":null,"y":"","data":{}})"};
  JsonDocument document;
  const JsonNode* root = document.read(text.view());
  ASSERT_NE(root, nullptr);
  EXPECT_EQ(read_child(*root, "input", "data").error().detail, "input.data 重复出现");
  EXPECT_EQ(*read_child(*root, "input", "x"), nullptr);
  EXPECT_EQ(*read_child(*root, "input", "y"), nullptr);
  EXPECT_EQ(*read_child(*root, "input", "z"), nullptr);
}

}  // namespace
}  // namespace gongji::gateway::json
