#include "gateway/rest/problem.hpp"

#include <gtest/gtest.h>

namespace gongji::gateway::rest {
namespace {

TEST(Problem, NamesCodeNextStepAndTheWrongFieldByPointer) {
  const Answer answer = problem({Reason::kField, "members[0].relation 不是已知的亲属关系", {}, {}});
  EXPECT_EQ(answer.http_status, 400u);
  EXPECT_EQ(answer.content_type, "application/problem+json");
  EXPECT_EQ(answer.body,
            R"({"type":"urn:gongji:reason:E_FIELD","title":"报文字段有误","status":400,)"
            R"("code":"E_FIELD","detail":"members[0].relation 不是已知的亲属关系",)"
            R"("next_step":"CORRECT","errors":[{"pointer":"/members/0/relation",)"
            R"("detail":"不是已知的亲属关系"}]})");
}

TEST(Problem, ARefusalMayBringItsOwnNextStep) {
  const Answer plain = problem({Reason::kDuplicateInsured, "", {}, {}});
  const Answer minor = problem({Reason::kDuplicateInsured, "", {}, NextStep::kAgency});
  EXPECT_EQ(plain.http_status, 422u);
  EXPECT_NE(plain.body.find(R"("next_step":"ONLINE")"), std::string::npos);
  EXPECT_NE(minor.body.find(R"("next_step":"AGENCY")"), std::string::npos);
  EXPECT_EQ(plain.body.find("errors"), std::string::npos);
}

TEST(Problem, ParametersAreNamedAsSuch) {
  const Answer answer = parameter_problem("batch", "不能为空");
  EXPECT_NE(answer.body.find(R"("errors":[{"parameter":"batch","detail":"不能为空"}])"),
            std::string::npos);
}

TEST(Problem, StandInsAreWholeDocuments) {
  EXPECT_NE(busy_problem(ShedCause::kGlobal, 2).find(R"("status":503,"code":"E_BUSY")"),
            std::string::npos);
  EXPECT_NE(busy_problem(ShedCause::kDeadline, 2).find("E_DEADLINE"), std::string::npos);
  EXPECT_NE(unknown_problem().find("E_UNKNOWN"), std::string::npos);
  EXPECT_NE(rejected_problem(404, "x").find("E_NOT_FOUND"), std::string::npos);
  EXPECT_NE(rejected_problem(413, "x").find(R"("status":413,"code":"E_FIELD","detail":"x")"),
            std::string::npos);
}

}  // namespace
}  // namespace gongji::gateway::rest
