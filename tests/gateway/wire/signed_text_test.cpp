#include "gateway/wire/signed_text.hpp"

#include <gtest/gtest.h>

#include "tests/gateway/json/padded.hpp"

namespace gongji::gateway::wire {
namespace {

std::string text_of(std::string_view input) {
  const testing::Padded padded{input};
  json::JsonDocument document;
  const json::JsonNode* root = document.read(padded.view());
  EXPECT_NE(root, nullptr) << input;
  return root == nullptr ? "" : signed_text({"2102", "M1", "P1", "0031"}, *root);
}

constexpr std::string_view kEnvelope = "fixmedins_code=P1\ninfno=2102\n";

std::string framed(std::string_view lines) {
  return std::string{kEnvelope} + std::string{lines} + "msgid=M1";
}

struct Row {
  std::string input;
  std::string lines;
};

TEST(SignedText, EveryValueIsALineUnderItsPath) {
  const Row rows[] = {
      {R"({})", ""},
      {R"({"b":"2","a":"1"})", "input.a=1\ninput.b=2\n"},
      {R"({"n":1.50,"t":true,"f":false,"z":null,"e":""})",
       "input.e=\ninput.f=false\ninput.n=1.50\ninput.t=true\ninput.z=\n"},
      {R"({"data":{"x":"1"},"list":[{"y":2},{"y":"3"}],"none":[],"nothing":{}})",
       "input.data.x=1\ninput.list.0.y=2\ninput.list.1.y=3\n"},
      {R"({"张":"三"})", "input.张=三\n"},
      {R"({"a":"one\ntwo\\"})", "input.a=one\\ntwo\\\\\n"},
  };
  for (const Row& row : rows) EXPECT_EQ(text_of(row.input), framed(row.lines)) << row.input;
}

TEST(SignedText, SpellingOfTheJsonMakesNoDifference) {
  EXPECT_EQ(text_of(R"({"a":"é","b":[1]})"), text_of("{ \"b\" : [ 1 ],\n\"a\":\"\\u00e9\" }"));
  EXPECT_EQ(text_of(R"({"a":1})"), text_of(R"({"a":"1"})")) << "a text of digits means the number";
}

// Whatever is put into names and values, another message has another text.
TEST(SignedText, NamesAndValuesCannotRunIntoEachOther) {
  EXPECT_NE(text_of(R"({"a":{"b":"1"}})"), text_of(R"({"a.b":"1"})"));
  EXPECT_NE(text_of(R"({"a":"b=1"})"), text_of(R"({"a=b":"1"})"));
  EXPECT_NE(text_of(R"({"a":"1\ninput.b=2"})"), text_of(R"({"a":"1","b":"2"})"));
  EXPECT_NE(text_of(R"({"a":"\\n"})"), text_of(R"({"a":"\n"})"));
}

}  // namespace
}  // namespace gongji::gateway::wire
