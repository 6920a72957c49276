#include "loadtest/answer.hpp"

#include <gtest/gtest.h>

namespace gongji::loadtest {
namespace {

struct AnswerRow {
  const char* name;
  unsigned status;
  const char* body;
  AnswerClass answer;
  const char* code;
};

class ReadAnswer : public testing::TestWithParam<AnswerRow> {};

TEST_P(ReadAnswer, tells_what_became_of_the_message) {
  const AnswerRow& row = GetParam();
  const AnswerFacts facts = read_answer(row.status, row.body);
  EXPECT_EQ(facts.answer, row.answer);
  EXPECT_EQ(facts.code, row.code);
}

INSTANTIATE_TEST_SUITE_P(
    Answers, ReadAnswer,
    testing::Values(
        AnswerRow{"applied", 200, R"({"infcode":0,"err_msg":""})", AnswerClass::kApplied, ""},
        AnswerRow{"applied_as_text", 200, R"({"infcode": "0", "err_msg":""})",
                  AnswerClass::kApplied, ""},
        AnswerRow{"refused", 200, R"({"infcode":-2,"err_msg":"E_NO_PERSON 未找到该参保人"})",
                  AnswerClass::kRefused, "E_NO_PERSON"},
        AnswerRow{"busy", 200, R"({"infcode":-2,"err_msg":"E_BUSY 系统繁忙"})", AnswerClass::kBusy,
                  "E_BUSY"},
        AnswerRow{"busy_by_status", 503, "", AnswerClass::kBusy, "E_BUSY"},
        AnswerRow{"unknown", 200, R"({"infcode":-1,"err_msg":"E_UNKNOWN 结果未知"})",
                  AnswerClass::kUnknown, "E_UNKNOWN"},
        AnswerRow{"no_envelope", 200, "<html>", AnswerClass::kUnknown, ""},
        AnswerRow{"no_code", 200, R"({"infcode":-2,"err_msg":"失败"})", AnswerClass::kRefused, ""}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(FindText, finds_a_field_by_its_whole_name) {
  const std::string_view body = R"({"medins_setl_id":"m","setl_id" : "S1","empty":""})";
  EXPECT_EQ(find_text(body, "\"setl_id\""), "S1");
  EXPECT_EQ(find_text(body, "\"empty\""), "");
  EXPECT_EQ(find_text(body, "\"absent\""), "");
}

TEST(FindAmount, reads_numbers_and_texts) {
  const std::string_view body =
      R"({"acct_mulaid_pay":1.00,"acct_pay":66.50,"balc":"-0.05","x":null})";
  EXPECT_EQ(find_amount(body, "\"acct_pay\""), Fen{66'50});
  EXPECT_EQ(find_amount(body, "\"balc\""), Fen{-5});
  EXPECT_FALSE(find_amount(body, "\"x\""));
  EXPECT_FALSE(find_amount(body, "\"absent\""));
}

TEST(ParseYuan, accepts_whole_fen_only) {
  EXPECT_EQ(parse_yuan("12"), Fen{12'00});
  EXPECT_EQ(parse_yuan("12.3"), Fen{12'30});
  EXPECT_EQ(parse_yuan("0.07"), Fen{7});
  EXPECT_EQ(parse_yuan("-1.01"), Fen{-101});
  for (const char* text :
       {"", ".", "1.", ".5", "1.234", "1e3", "abc", "--1", "1 ", "1234567890123456"})
    EXPECT_FALSE(parse_yuan(text)) << text;
}

}  // namespace
}  // namespace gongji::loadtest
