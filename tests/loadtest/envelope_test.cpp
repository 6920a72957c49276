#include "loadtest/envelope.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <functional>
#include <set>

#include "loadtest/answer.hpp"

namespace gongji::loadtest {
namespace {

namespace json = boost::json;

const Sender kPharmacy{"P31010100001", "310101", "0abc1234"};
const Sender kHospital{"H31010100001", "310101", "0abc1234"};
const Purchase kPurchase{{PersonRole::kChild, 42}, Fen{12'05}, Fen{5'01}};

json::value parsed(const std::function<void(std::string&)>& append) {
  std::string text;
  append(text);
  return json::parse(text);
}

std::string text(const json::value& value) { return json::value_to<std::string>(value); }

// Amounts are compared as written: the wire knows decimals, not floating point.
std::string written(const json::object& node, std::string_view name, const std::string& text) {
  const auto amount = find_amount(text, "\"" + std::string{name} + "\"");
  return node.contains(name) && amount ? to_yuan_text(*amount) : "absent";
}

void expect_envelope(const json::value& message, const char* infno, const Sender& sender) {
  EXPECT_EQ(text(message.at("infno")), infno);
  EXPECT_EQ(message.at("msgid").as_string().size(), 30u);
  EXPECT_EQ(text(message.at("fixmedins_code")), sender.institution);
  EXPECT_EQ(text(message.at("mdtrtarea_admvs")), "310101");
  EXPECT_EQ(text(message.at("inf_time")), "2026-11-22 10:15:30");
  for (const char* field :
       {"recer_sys_code", "infver", "opter_type", "opter", "opter_name", "fixmedins_name"})
    EXPECT_FALSE(message.at(field).as_string().empty()) << field;
}

Envelopes envelopes_of(const Sender& sender) {
  Envelopes envelopes{sender};
  envelopes.set_time("2026-11-22 10:15:30");
  return envelopes;
}

TEST(Envelopes, write_a_pharmacy_sale) {
  const Envelopes envelopes = envelopes_of(kPharmacy);
  std::string written_text;
  envelopes.append_settlement(written_text, 7, kPurchase);
  const json::value message = json::parse(written_text);
  expect_envelope(message, "2102", kPharmacy);
  EXPECT_EQ(text(message.at("msgid")), "P310101000010abc12340000000007");
  EXPECT_EQ(text(message.at("insuplc_admdvs")), insured_area(kPurchase.patient));
  const json::object& sale = message.at("input").at("druginfo").as_object();
  EXPECT_EQ(text(sale.at("psn_no")), person_number(kPurchase.patient));
  EXPECT_EQ(text(sale.at("mdtrt_cert_no")), certificate_number(kPurchase.patient));
  EXPECT_EQ(text(sale.at("insutype")), "390");
  EXPECT_EQ(written(sale, "medfee_sumamt", written_text), "12.05");
  const json::object& line = message.at("input").at("drugdetail").at(0).as_object();
  EXPECT_EQ(written(line, "det_item_fee_sumamt", written_text), "12.05");
}

TEST(Envelopes, write_a_hospital_visit_whose_parts_add_up) {
  const Envelopes envelopes = envelopes_of(kHospital);
  std::string written_text;
  envelopes.append_settlement(written_text, 7, kPurchase);
  const json::value message = json::parse(written_text);
  expect_envelope(message, "2207", kHospital);
  const json::object& visit = message.at("input").at("data").as_object();
  EXPECT_EQ(written(visit, "medfee_sumamt", written_text), "12.05");
  EXPECT_EQ(written(visit, "fund_pay_sumamt", written_text), "5.01");
  EXPECT_EQ(written(visit, "inscp_scp_amt", written_text), "12.05");
  EXPECT_EQ(visit.at("mdtrt_id"), message.at("msgid"));  // a visit of its own
  for (const char* field :
       {"mdtrt_cert_type", "med_type", "psn_setlway", "chrg_bchno", "acct_used_flag"})
    EXPECT_FALSE(visit.at(field).as_string().empty()) << field;
}

TEST(Envelopes, write_quotes_queries_and_sign_in) {
  const Envelopes pharmacy = envelopes_of(kPharmacy);
  const Envelopes hospital = envelopes_of(kHospital);
  expect_envelope(parsed([&](std::string& out) { pharmacy.append_quote(out, 1, kPurchase); }),
                  "2101", kPharmacy);
  expect_envelope(parsed([&](std::string& out) { hospital.append_quote(out, 1, kPurchase); }),
                  "2206", kHospital);
  expect_envelope(parsed([&](std::string& out) { pharmacy.append_sign_in(out); }), "9001",
                  kPharmacy);
  const auto person =
      parsed([&](std::string& out) { pharmacy.append_person_query(out, 1, kPurchase.patient); });
  expect_envelope(person, "1101", kPharmacy);
  EXPECT_EQ(text(person.at("input").at("data").at("mdtrt_cert_no")),
            certificate_number(kPurchase.patient));
  const auto query = parsed(
      [&](std::string& out) { hospital.append_message_query(out, 9, 7, kPurchase.patient); });
  expect_envelope(query, "2602", kHospital);
  EXPECT_EQ(text(query.at("input").at("data").at("omsgid")), hospital.msgid(7));
  EXPECT_EQ(text(query.at("input").at("data").at("oinfno")), "2207");
}

TEST(Envelopes, number_messages_without_repeating) {
  const Envelopes envelopes{kPharmacy};
  std::set<std::string> ids;
  for (std::uint64_t number = 1; number < 3000; ++number) ids.insert(envelopes.msgid(number));
  ids.insert(envelopes.msgid(9'999'999'999));
  EXPECT_EQ(ids.size(), 3000u);
}

TEST(Envelopes, tag_runs_by_the_clock) {
  EXPECT_EQ(make_run_tag(0), "00000000");
  EXPECT_EQ(make_run_tag(35), "0000000z");
  EXPECT_NE(make_run_tag(1'789'000'000'000), make_run_tag(1'789'000'000'001));
}

}  // namespace
}  // namespace gongji::loadtest
