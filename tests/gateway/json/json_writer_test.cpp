#include "gateway/json/json_writer.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "gateway/json/json_document.hpp"
#include "tests/gateway/json/padded.hpp"

namespace gongji::gateway::json {
namespace {

using testing::Padded;

TEST(JsonWriter, PutsCommasAndDecimalsWhereTheyBelong) {
  std::string text;
  JsonWriter out{text};
  out.begin_object();
  out.text("a", "b");
  out.money("m", Fen{-8650});
  out.money_text("t", Fen{5});
  out.begin_array("l");
  out.number(1);
  out.text("x");
  out.begin_object();
  out.end_object();
  out.boolean(true);
  out.end_array();
  out.key("n");
  out.null();
  out.raw("r", "{}");
  out.decimal("d", 368, 1);
  out.end_object();
  EXPECT_EQ(text,
            R"({"a":"b","m":-86.50,"t":"0.05","l":[1,"x",{},true],"n":null,"r":{},"d":36.8})");
}

TEST(JsonWriter, EscapesWhatJsonForbids) {
  std::string text;
  JsonWriter out{text};
  out.text(std::string_view{"\"\\/\n\r\t\b\0中", 11});
  EXPECT_EQ(text, "\"\\\"\\\\/\\n\\r\\t\\u0008\\u0000中\"");
}

TEST(JsonWriter, PutsFinishedMembersBetweenOthers) {
  std::string text;
  JsonWriter out{text};
  out.begin_object();
  out.fields(R"("a":0.00,"b":"")");
  out.text("c", "1");
  out.fields(R"("d":0)");
  out.end_object();
  EXPECT_EQ(text, R"({"a":0.00,"b":"","c":"1","d":0})");
}

// Text is looked at eight characters at a time.
TEST(JsonWriter, SeesWhatToEscapeWhereverItStands) {
  for (std::size_t size = 1; size <= 25; ++size)
    for (std::size_t at = 0; at < size; ++at)
      for (int code = 0; code < 256; ++code) {
        std::string raw(size, '~');
        raw[at] = static_cast<char>(code);
        std::string text;
        JsonWriter out{text};
        out.text("k", raw);
        const bool escaped = code < 0x20 || code == '"' || code == '\\';
        const std::size_t plain_bytes = raw.size() + std::string_view{R"("k":"")"}.size();
        ASSERT_EQ(text.size() != plain_bytes, escaped) << size << ' ' << at << ' ' << code;
      }
}

RC_GTEST_PROP(JsonWriter, AnyTextComesBack, (const std::string& raw)) {
  std::string utf8;
  for (const char c : raw) utf8 += static_cast<char>(c & 0x7F);
  std::string text;
  JsonWriter out{text};
  out.begin_object();
  out.text("k", utf8);
  out.end_object();
  JsonDocument document;
  const Padded padded{text};
  const JsonNode* root = document.read(padded.view());
  RC_ASSERT(root != nullptr);
  RC_ASSERT(root[1].text == utf8);
}

}  // namespace
}  // namespace gongji::gateway::json
