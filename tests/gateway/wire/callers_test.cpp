// Who may speak, over which path and transport.
#include <gtest/gtest.h>

#include "tests/gateway/wire/stories.hpp"

namespace gongji::gateway::wire {
namespace {

using namespace testing;

std::string sign_in(std::string_view institution = kPharmacy) {
  return message("9001", institution, R"({"signIn":{"opter_no":"0031","mac":"","ip":""}})");
}

TEST(Callers, AnUnregisteredInstitutionIsForbiddenByName) {
  WireBench bench;
  EXPECT_EQ(bench.refused(message("2102", "P00000000000", kSaleInput)),
            "E_FORBIDDEN 无权办理该业务：fixmedins_code P00000000000 未登记");
  EXPECT_EQ(bench.answer().http_status, 200u);
}

TEST(Callers, AProofThatCannotBeCheckedIsHttp401) {
  WireBench bench;
  EXPECT_TRUE(bench.refused(message("2207", kHmac, kBillInput)).starts_with("E_UNAUTHENTICATED "));
  EXPECT_EQ(bench.answer().http_status, 401u);
  EXPECT_EQ(bench.answer().headers.at(0).first, "WWW-Authenticate");
  EXPECT_EQ(bench.answer().headers.at(0).second, "gongji-hmac");
}

TEST(Callers, NoProofIsForLoopbackOnly) {
  WireBench bench;
  bench.caller->loopback = false;
  EXPECT_TRUE(bench.refused(sale()).starts_with("E_UNAUTHENTICATED "));
  EXPECT_EQ(bench.answer().http_status, 401u);
}

TEST(Callers, HttpNeedsNoSignIn) {
  WireBench bench;
  bench.submitted(sale());
  bench.post(sign_in());
  EXPECT_EQ(field(bench.body(), "sign_no").size(), 30u);
  EXPECT_EQ(bench.caller->bound_institution, "");
}

TEST(Callers, TheFirstFrameOfAConnectionMustSignIn) {
  WireBench bench;
  bench.frame(sale());
  EXPECT_EQ(field(bench.body(), "err_msg"),
            "E_UNAUTHENTICATED 身份验证未通过：TCP连接的首个报文须为9001签到");
  EXPECT_TRUE(bench.answer().close);
  EXPECT_TRUE(bench.service.submitted.empty());
}

TEST(Callers, ASignedInConnectionSpeaksForItsInstitutionAlone) {
  WireBench bench;
  bench.frame(sign_in());
  EXPECT_EQ(field(bench.body(), "infcode"), "0");
  EXPECT_EQ(bench.connection->bound_institution, kPharmacy);
  bench.frame(sale());
  EXPECT_EQ(bench.service.submitted.size(), 1u);
  for (const std::string& other : {bill(), sign_in(kHospital)}) {
    bench.frame(other);
    EXPECT_EQ(field(bench.body(), "err_msg"),
              "E_FORBIDDEN 无权办理该业务：fixmedins_code H44010600456 与本连接签到的机构不符");
    EXPECT_FALSE(bench.answer().close);
  }
  bench.frame(sign_in());
  EXPECT_EQ(field(bench.body(), "infcode"), "0");
  EXPECT_EQ(bench.service.submitted.size(), 1u);
}

TEST(Callers, SigningOutEndsTheBinding) {
  WireBench bench;
  bench.frame(sign_in());
  bench.frame(message("9002", kPharmacy, R"({"signOut":{"sign_no":"1","opter_no":"1"}})"));
  EXPECT_EQ(field(bench.body(), "sign_time"), "2026-11-22 10:15:30");
  bench.frame(sale());
  EXPECT_TRUE(field(bench.body(), "err_msg").starts_with("E_UNAUTHENTICATED "));
}

// A 9001 of kHmac, signed for the bench's time. `signature` by Python's hmac over the three lines.
std::string signed_sign_in(std::string_view signature) {
  return message("9001", kHmac,
                 R"({"signIn":{"opter_no":"0031","access_key":")" + std::string{kHmac} +
                     R"(","timestamp":1795313730,"nonce":"nonce-0001","signature":")" +
                     std::string{signature} + R"("}})");
}
constexpr std::string_view kSignature =
    "cb20591b87a879e34a0f96fce2180eda9817b43bd954c8a530fb76749321a94d";

TEST(Callers, AFailedProofClosesATcpConnectionWithoutAWord) {
  WireBench bench;
  for (const std::string& unproven :
       {sign_in(kHmac), signed_sign_in(std::string(64, '0')), message("2207", kHmac, kBillInput)}) {
    bench.frame(unproven);
    EXPECT_TRUE(bench.answer().wordless);
    EXPECT_EQ(bench.connection->bound_institution, "");
  }
  EXPECT_TRUE(bench.service.submitted.empty());
  EXPECT_EQ(bench.metrics.refusals.size(), 3U) << "each is counted all the same";
}

TEST(Callers, AProvenSignInBindsTheConnectionUntilItsSecretChanges) {
  WireBench bench;
  bench.frame(signed_sign_in(kSignature));
  EXPECT_EQ(field(bench.body(), "infcode"), "0");
  EXPECT_EQ(bench.connection->bound_institution, kHmac);
  bench.frame(message("2207", kHmac, kBillInput));
  EXPECT_EQ(bench.service.submitted.size(), 1u);
  bench.policies.change(kHmac, [](Institution& each) { each.name = "another name"; });
  bench.frame(message("2207", kHmac, kBillInput));
  EXPECT_EQ(bench.service.submitted.size(), 2u);
  bench.policies.change(kHmac, [](Institution& each) { each.secret = "another secret"; });
  bench.frame(message("2207", kHmac, kBillInput));
  EXPECT_EQ(bench.service.submitted.size(), 2u);
  EXPECT_TRUE(bench.answer().wordless);
}

TEST(Callers, AProvenConnectionMaySignInAgainOnlyWithAFreshProof) {
  WireBench bench;
  bench.frame(signed_sign_in(kSignature));
  EXPECT_EQ(field(bench.body(), "infcode"), "0");
  bench.frame(signed_sign_in(kSignature));
  EXPECT_TRUE(bench.answer().wordless) << "the nonce was used";
}

TEST(Callers, ASecondSignInMayNotBringAnotherInstitution) {
  WireBench bench;
  bench.frame(sign_in());
  bench.frame(signed_sign_in(kSignature));
  EXPECT_TRUE(field(bench.body(), "err_msg").starts_with("E_FORBIDDEN "));
  EXPECT_EQ(bench.connection->bound_institution, kPharmacy);
}

TEST(Callers, TcpIsToldToComeBackInTheEnvelope) {
  WireBench bench;
  bench.frame(sign_in());
  bench.frame(sale());
  bench.reply(NotDecided{{Reason::kBusy, "", {}, {}}});
  EXPECT_EQ(field(bench.body(), "retry_after"), "1");
  EXPECT_EQ(bench.answer().http_status, 200u);
  EXPECT_TRUE(bench.answer().headers.empty());
}

TEST(Callers, WhoSendsMoreThanHisShareIsNotReadFromForAMoment) {
  WireBench bench;
  bench.policies.change(kPharmacy, [](Institution& pharmacy) { pharmacy.inflight_max = 1; });
  bench.frame(sign_in());
  bench.frame(sale());
  EXPECT_FALSE(bench.connection->sends_too_much);
  bench.frame(sale());
  EXPECT_TRUE(field(bench.body(), "err_msg").starts_with("E_BUSY ")) << bench.body();
  EXPECT_TRUE(bench.connection->sends_too_much);
  EXPECT_EQ(bench.service.submitted.size(), 1u);
}

TEST(Callers, BothTransportsGiveTheSameBytes) {
  WireBench bench;
  const auto record =
      settlement_record(bench.submitted(sale()), 42, civil(10, 15, 30, 548), kSaleDecided);
  bench.reply(Recorded{record, false, nullptr});
  const std::string over_http = bench.body();
  bench.frame(sign_in());
  bench.clock.at += std::chrono::hours{1};
  bench.frame(sale());
  bench.reply(Recorded{record, true, nullptr});
  EXPECT_EQ(bench.body(), over_http);
}

TEST(Callers, OnlyPostOnTheThreePathsOfTheInterface) {
  WireBench bench;
  bench.post(sale(), "/fsi/api", "GET");
  EXPECT_EQ(bench.answer().http_status, 405u);
  EXPECT_EQ(bench.answer().headers.at(0), (std::pair<std::string, std::string>{"Allow", "POST"}));
  for (const char* target : {"/", "/fsi", "/fsi/apix", "/fsi/api/a/b/c", "/v1"}) {
    bench.post(sale(), target);
    EXPECT_EQ(bench.answer().http_status, 404u) << target;
    EXPECT_EQ(field(bench.body(), "infcode"), "-2") << target;
  }
  EXPECT_TRUE(bench.service.submitted.empty());
}

}  // namespace
}  // namespace gongji::gateway::wire
