#include "gateway/rest/certificate_handlers.hpp"

#include <gtest/gtest.h>

#include "tests/gateway/rest/records_kit.hpp"
#include "tests/gateway/rest/rest_bench.hpp"

namespace gongji::gateway::rest {
namespace {

using namespace testing;
using enum ContributionStatus;

std::string certificate_of(std::uint64_t sequence) {
  return "/v1/contributions/" + contribution_name(sequence) + "/certificate";
}

std::string check_code_in(const std::string& body) {
  const std::size_t at = body.find(R"("check_code":")") + 14;
  return body.substr(at, body.find('"', at) - at);
}

TEST(Certificates, AreGivenInTheFormThatIsAccepted) {
  struct Row {
    const char* accept;
    std::string_view type;
    std::string_view begins;
  };
  const Row kRows[] = {
      {"", "application/json", "{"},
      {"application/json", "application/json", "{"},
      {"image/svg+xml", "image/svg+xml", "<?xml"},
      {"image/png;q=0.9, text/html", "image/png", "\x89PNG"},
      {"application/pdf, application/json;q=0.5", "application/pdf", "%PDF"},
  };
  for (const Row& row : kRows) {
    RestBench bench;
    bench.records.add(contribution(5, kPaid));
    bench.send("GET", certificate_of(5), with(acting("31"), "Accept", row.accept));
    if (bench.loop.answers.empty()) bench.await_work();
    EXPECT_EQ(bench.answer().http_status, 200u) << row.accept << bench.answer().body;
    EXPECT_TRUE(bench.answer().content_type.starts_with(row.type)) << row.accept;
    EXPECT_TRUE(bench.answer().body.starts_with(row.begins)) << row.accept;
  }
}

TEST(Certificates, InNoOtherForm) {
  RestBench bench;
  bench.records.add(contribution(5, kPaid));
  bench.send("GET", certificate_of(5), with(acting("31"), "Accept", "text/html"));
  EXPECT_EQ(bench.answer().http_status, 406u);
  EXPECT_TRUE(bench.says("image/svg+xml"));
}

TEST(Certificates, AreForMoneyThatWasPaid) {
  RestBench bench;
  bench.records.add(contribution(5, kPending));
  bench.send("GET", certificate_of(5), kAgency);
  EXPECT_EQ(bench.answer().http_status, 422u);
  EXPECT_TRUE(bench.says("E_TAX_PENDING"));
  bench.records.add(tax_answer(6, *contribution(5, kPending), true));
  bench.send("GET", certificate_of(5), kAgency);
  EXPECT_EQ(bench.answer().http_status, 404u);
}

TEST(Certificates, AreForPayerAndInsuredPerson) {
  for (const char* who : {"31", "32", "33"}) {
    RestBench bench;
    bench.records.add(contribution(5, kPaid));
    bench.send("GET", certificate_of(5), acting(who));
    EXPECT_EQ(bench.answer().http_status, std::string_view{who} == "33" ? 403u : 200u) << who;
  }
}

TEST(Certificates, HaveACodeThatVerifies) {
  RestBench bench;
  const auto paid = contribution(5, kPaid);
  bench.records.add(paid);
  bench.send("GET", certificate_of(5), acting("31"));
  const std::string code = check_code_in(bench.answer().body);
  bench.send("GET", "/v1/certificates/" + code, acting("31"));
  EXPECT_EQ(bench.answer().http_status, 200u) << code;
  EXPECT_TRUE(bench.says(R"("valid":true)"));
  EXPECT_TRUE(bench.says(R"("certificate":{)"));
  bench.records.add(insurer_refusal(6, *paid));
  bench.send("GET", "/v1/certificates/" + code, kAuditor);
  EXPECT_TRUE(bench.says(R"("status":"reversed")")) << bench.answer().body;
  // Another member who holds the sheet learns that it is genuine and nothing else.
  bench.send("GET", "/v1/certificates/" + code, acting("33"));
  EXPECT_TRUE(bench.says(R"("valid":true)"));
  for (const char* secret : {"\"32\"", "\"31\"", "400.00", "陈"})
    EXPECT_FALSE(bench.says(secret)) << bench.answer().body;
}

TEST(Certificates, AForgedCodeIsUnknown) {
  RestBench bench;
  bench.records.add(contribution(5, kPaid));
  bench.send("GET", certificate_of(5), acting("31"));
  std::string code = check_code_in(bench.answer().body);
  code.back() = code.back() == '0' ? 'G' : '0';
  code[code.size() - 2] = code[code.size() - 2] == '7' ? '8' : '7';
  for (const std::string& forged : {code, std::string{"0000"}, std::string{"!!"}}) {
    bench.send("GET", "/v1/certificates/" + forged, acting("31"));
    EXPECT_EQ(bench.answer().http_status, 404u) << forged;
  }
}

}  // namespace
}  // namespace gongji::gateway::rest
