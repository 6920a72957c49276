#include "gateway/json/json_document.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <simdjson.h>

#include "tests/gateway/json/padded.hpp"

namespace gongji::gateway::json {
namespace {

using testing::Padded;

bool accepts(std::string_view text) {
  JsonDocument document;
  const Padded padded{text};
  return document.read(padded.view()) != nullptr;
}

TEST(JsonDocument, KeepsKeysTextsAndTheSpellingOfNumbers) {
  const Padded text{
      R"( {"a":"\u4e2d\n","b":[1,-2.50,1E3,{"c":null}],"d":{"e":true,"f":false},"":{}} )"};
  JsonDocument document;
  const JsonNode* root = document.read(text.view());
  ASSERT_NE(root, nullptr);
  std::string seen;
  for (std::uint32_t i = 1; i < root->size; ++i)
    seen += std::string{root[i].key} + "=" + std::string{root[i].text} + ";";
  EXPECT_EQ(seen, "a=中\n;b=;=1;=-2.50;=1E3;=;c=;d=;e=;f=;=;");
  std::size_t fields = 0;
  for (const JsonNode& child : children(*root)) fields += child.size > 0 ? 1 : 0;
  EXPECT_EQ(fields, 4u);
}

TEST(JsonDocument, SkipsAByteOrderMark) {
  EXPECT_TRUE(accepts("\xEF\xBB\xBF{\"a\":1}"));
  EXPECT_FALSE(accepts("\xEF\xBB{\"a\":1}"));
}

TEST(JsonDocument, IsReusedFromMessageToMessage) {
  JsonDocument document;
  for (int i = 0; i < 3; ++i) {
    const Padded bad{R"({"a":[1,2)"};
    const Padded good{R"({"a":[1,2]})"};
    EXPECT_EQ(document.read(bad.view()), nullptr);
    const JsonNode* root = document.read(good.view());
    ASSERT_NE(root, nullptr);
    EXPECT_EQ(root->size, 4u);
  }
}

TEST(JsonDocument, RefusesTheWholeDocumentForOneFaultAnywhere) {
  const std::string deep = "{\"a\":" + std::string(40, '[') + std::string(40, ']') + "}";
  const std::vector<std::string> rows = {
      "",
      " ",
      "null",
      "1",
      "\"x\"",
      "[1]",
      "{",
      "}",
      "{}}",
      "{}{}",
      "{} x",
      "{},",
      R"({"a":1)",
      R"({"a":1,})",
      R"({"a" 1})",
      R"({"a":})",
      R"({"a"})",
      R"({a:1})",
      R"({'a':1})",
      R"({1:1})",
      R"({"a":1 "b":2})",
      R"({"a":1,,"b":2})",
      R"({"a":[1,]})",
      R"({"a":[1 2]})",
      R"({"a":[1})",
      R"({"a":{"b":1]})",
      R"({"unasked":{"x":[1,2,tru]}})",
      R"({"unasked":nul})",
      R"({"unasked":nullx})",
      R"({"unasked":truefalse})",
      R"({"unasked":True})",
      R"({"unasked":01})",
      R"({"unasked":1.})",
      R"({"unasked":.5})",
      R"({"unasked":+1})",
      R"({"unasked":1e})",
      R"({"unasked":- 1})",
      R"({"unasked":0x10})",
      R"({"unasked":12a})",
      R"({"unasked":NaN})",
      R"({"unasked":"abc})",
      R"({"unasked":"a"b"})",
      R"({"unasked":"\x"})",
      R"({"unasked":"\u12"})",
      R"({"unasked":"\ud800"})",
      "{\"unasked\":\"a\nb\"}",
      "{\"unasked\":\"\xff\"}",
      "{\"unasked\":\"\xc0\xaf\"}",
      "{\"unasked\":\"\xed\xa0\x80\"}",
      "{\"\xff\":1}",
      std::string("{\"a\":1\0}", 8),
      std::string("{\"a\":1}\0", 8),
      deep,
  };
  for (const std::string& row : rows) EXPECT_FALSE(accepts(row)) << row;
}

constexpr std::string_view kEnvelope =
    R"({"infno":"2102","msgid":"P44010600123202611221015300007","dev_no":null,"x":[true,false,1.50],)"
    R"("input":{"druginfo":{"psn_no":"4401","medfee_sumamt":86.50,"dise_name":"\u611f\u5192 \"x\""},)"
    R"("drugdetail":[{"cnt":2,"pric":28.25},{"cnt":-12,"memo":"中文"}]}})";

// The eager parser of the same library validates everything; ours must agree with it.
bool eager_accepts(std::string_view text) {
  const simdjson::padded_string padded{text};
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  return parser.parse(padded).get(object) == simdjson::SUCCESS;
}

RC_GTEST_PROP(JsonDocument, AgreesWithAnEagerParserOnDamagedEnvelopes, ()) {
  std::string text{kEnvelope};
  const auto edits = *rc::gen::inRange(1, 4);
  for (int i = 0; i < edits; ++i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    const char byte = *rc::gen::oneOf(rc::gen::arbitrary<char>(),
                                      rc::gen::elementOf(std::string{R"({}[]",:\0123e.-ntf )"}));
    switch (*rc::gen::inRange(0, 3)) {
      case 0: text[at] = byte; break;
      case 1: text.erase(at, 1); break;
      default: text.insert(at, 1, byte);
    }
  }
  RC_ASSERT(accepts(text) == eager_accepts(text));
}

TEST(JsonDocument, AgreesWithAnEagerParserOnEverySingleBitAndCut) {
  for (std::size_t at = 0; at < kEnvelope.size(); ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string text{kEnvelope};
      text[at] = static_cast<char>(static_cast<unsigned char>(text[at]) ^ (1u << bit));
      ASSERT_EQ(accepts(text), eager_accepts(text)) << text;
    }
    EXPECT_FALSE(accepts(kEnvelope.substr(0, at)));
  }
}

}  // namespace
}  // namespace gongji::gateway::json
