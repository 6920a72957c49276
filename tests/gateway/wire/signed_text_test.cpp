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

// The file of a 9101, "abc", whose SM3 digest the standard prints (GB/T 32905, appendix A.1).
constexpr std::string_view kSm3OfAbc =
    "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";

std::string text_of_upload(std::string_view input, const StreamedFile* file = nullptr,
                           std::string_view infno = "9101") {
  const testing::Padded padded{input};
  json::JsonDocument document;
  const json::JsonNode* root = document.read(padded.view());
  return root == nullptr ? "" : signed_text({infno, "M1", "P1", "0031"}, *root, file);
}

TEST(SignedText, AFileIsOneLineWhetherItCameInAFrameOrInAStream) {
  constexpr std::string_view kHeld = R"({"fsUploadIn":{"in":[97,98,99],"filename":"a.zip"}})";
  const std::string expected =
      "fixmedins_code=P1\ninfno=9101\ninput.fsUploadIn.filename=a.zip\n"
      "input.fsUploadIn.in=" +
      std::string{kSm3OfAbc} + "\nmsgid=M1";
  EXPECT_EQ(text_of_upload(kHeld), expected);
  const StreamedFile streamed{{}, std::string{kSm3OfAbc}};
  EXPECT_EQ(text_of_upload(R"({"fsUploadIn":{"in":[],"filename":"a.zip"}})", &streamed), expected);
  EXPECT_NE(text_of_upload(R"({"fsUploadIn":{"in":[97,98,98],"filename":"a.zip"}})"), expected);
  EXPECT_NE(text_of_upload(kHeld, nullptr, "9102").find("in.0=97"), std::string::npos)
      << "only a 9101 has a file";
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
