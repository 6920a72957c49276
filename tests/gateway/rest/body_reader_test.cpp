#include "gateway/rest/body_reader.hpp"

#include <gtest/gtest.h>

#include <array>

#include "tests/gateway/json/padded.hpp"

namespace gongji::gateway::rest {
namespace {

using testing::Padded;

constexpr std::array<json::FieldSpec, 3> kFields{{
    {"name", json::FieldKind::kId, 5, json::kRequired},
    {"amount", json::FieldKind::kMoney},
    {"flag", json::FieldKind::kFlag},
}};

TEST(BodyReader, CollectsEveryFault) {
  const Padded text{R"({"name":"too long","amount":"x","flag":7,"other":1})"};
  BodyReader body{text.view()};
  (void)body.fields(kFields);
  ASSERT_EQ(body.faults().size(), 3u);
  EXPECT_EQ(body.faults()[0].pointer, "/name");
  EXPECT_EQ(body.faults()[1].pointer, "/amount");
  EXPECT_EQ(body.faults()[2].pointer, "/flag");
}

TEST(BodyReader, AnEmptyBodyIsAnEmptyObject) {
  const Padded text{"  \n"};
  BodyReader body{text.view()};
  const auto values = body.fields(kFields);
  ASSERT_EQ(body.faults().size(), 1u);
  EXPECT_EQ(body.faults()[0].rule, "不能为空");
  EXPECT_FALSE(values.has("amount"));
  EXPECT_TRUE(body.objects("list", kFields).empty());
  EXPECT_FALSE(body.emptied("name"));
}

TEST(BodyReader, WhatIsNoObjectIsOneFaultOfTheWhole) {
  for (const char* broken : {"[1]", "{", "{} x", "\"a\""}) {
    const Padded text{broken};
    BodyReader body{text.view()};
    (void)body.fields(kFields);
    ASSERT_EQ(body.faults().size(), 1u) << broken;
    EXPECT_EQ(body.faults()[0].pointer, "");
  }
}

// The same meaning gives the same text, whatever the spelling.
TEST(BodyReader, WritesTheCanonicalTextOfWhatWasSent) {
  const Padded first{R"({"name":"a","amount":"1.5","list":[{"name":"b"}],"modes":["PAY"]})"};
  const Padded second{R"({"modes":["PAY"],"list":[{"name":"b","x":1}],"amount":1.50,"name":"a"})"};
  std::string texts[2];
  int i = 0;
  for (const Padded* text : {&first, &second}) {
    BodyReader body{text->view()};
    (void)body.fields(kFields);
    (void)body.objects("list", kFields);
    (void)body.modes("");
    EXPECT_TRUE(body.ok());
    texts[i++] = body.canonical();
  }
  EXPECT_EQ(texts[0], texts[1]);
  EXPECT_EQ(texts[0], ">body\nname=a\namount=1.50\n>list[0]\nname=b\n>modes\nvalues=PAY,\n");
}

TEST(BodyReader, TellsEmptiedFromAbsent) {
  const Padded text{R"({"name":"","flag":null})"};
  BodyReader body{text.view()};
  EXPECT_TRUE(body.emptied("name"));
  EXPECT_TRUE(body.emptied("flag"));
  EXPECT_FALSE(body.emptied("amount"));
}

TEST(BodyReader, ListsMustBeLists) {
  const Padded text{R"({"list":{},"modes":"PAY"})"};
  BodyReader body{text.view()};
  (void)body.objects("list", kFields);
  EXPECT_FALSE(body.modes(""));
  EXPECT_EQ(body.faults().size(), 2u);
}

}  // namespace
}  // namespace gongji::gateway::rest
