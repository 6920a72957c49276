#include "loadtest/envelope.hpp"

#include <charconv>
#include <cstdlib>

#include "domain/time.hpp"

namespace gongji::loadtest {
namespace {

constexpr std::array<std::string_view, EnvelopeTemplate::kHoles> kHoleNames{
    "msgid",  "time", "person",  "certificate", "insurance",      "area",
    "amount", "fund", "inscope", "visit",       "original_msgid", "original_infno"};

constexpr std::size_t kCounterDigits = 10;

std::string envelope(const Sender& sender, std::string_view infno, std::string_view input) {
  return R"({"infno":")" + std::string{infno} + R"(","msgid":"$msgid$","mdtrtarea_admvs":")" +
         sender.area +
         R"(","insuplc_admdvs":"$area$","recer_sys_code":"GW01","dev_no":"LOAD","dev_safe_info":"",)"
         R"("cainfo":"","signtype":"","infver":"V1.0","opter_type":"1","opter":"0001",)"
         R"("opter_name":"压测","inf_time":"$time$","fixmedins_code":")" +
         sender.institution + R"(","fixmedins_name":"压测机构","sign_no":"","input":)" +
         std::string{input} + "}";
}

constexpr std::string_view kPharmacySale =
    R"({"druginfo":{"psn_no":"$person$","mdtrt_cert_type":"02","mdtrt_cert_no":"$certificate$",)"
    R"("begntime":"$time$","medfee_sumamt":$amount$,"invono":"","insutype":"$insurance$","dise_codg":"",)"
    R"("dise_name":"","acct_used_flag":"1","med_type":"41"},"drugdetail":[{"feedetl_sn":"1","rxno":"",)"
    R"("rx_circ_flag":"0","fee_ocur_time":"$time$","med_list_codg":"XA01ABD075A002010100483",)"
    R"("medins_list_codg":"D000123","det_item_fee_sumamt":$amount$,"cnt":1,"pric":$amount$}]})";

constexpr std::string_view kHospitalVisit =
    R"({"data":{"psn_no":"$person$","mdtrt_cert_type":"02","mdtrt_cert_no":"$certificate$",)"
    R"("med_type":"11","medfee_sumamt":$amount$,"psn_setlway":"01","mdtrt_id":"$visit$",)"
    R"("chrg_bchno":"B1","insutype":"$insurance$","acct_used_flag":"1","invono":"",)"
    R"("fund_pay_sumamt":$fund$,"fulamt_ownpay_amt":0.00,"overlmt_selfpay":0.00,)"
    R"("preselfpay_amt":0.00,"inscp_scp_amt":$inscope$}})";

constexpr std::string_view kPersonQuery =
    R"({"data":{"mdtrt_cert_type":"02","mdtrt_cert_no":"$certificate$","card_sn":"","begntime":"$time$",)"
    R"("psn_cert_type":"01","certno":"$certificate$","psn_name":""}})";

constexpr std::string_view kMessageQuery =
    R"({"data":{"psn_no":"$person$","omsgid":"$original_msgid$","oinfno":"$original_infno$"}})";

constexpr std::string_view kSignIn =
    R"({"signIn":{"opter_no":"0001","mac":"00-00-00-00-00-00","ip":"127.0.0.1"}})";

bool is_hospital(const Sender& sender) { return sender.institution.starts_with('H'); }
std::string_view purchase_input(const Sender& sender) {
  return is_hospital(sender) ? kHospitalVisit : kPharmacySale;
}

void put_number(char* end, std::uint64_t number, std::size_t digits) {
  for (std::size_t i = 0; i < digits; ++i, number /= 10)
    *--end = static_cast<char>('0' + number % 10);
}

// Decimal yuan of an amount that is not negative, without allocation.
std::string_view yuan(char (&room)[24], Fen amount) {
  const auto count = static_cast<std::uint64_t>(amount.count());
  char* end = std::to_chars(room, room + sizeof room - 3, count / 100).ptr;
  *end++ = '.';
  put_number(end + 2, count % 100, 2);
  return {room, static_cast<std::size_t>(end + 2 - room)};
}

}  // namespace

EnvelopeTemplate::EnvelopeTemplate(std::string_view text) {
  while (true) {
    const auto open = text.find('$');
    if (open == std::string_view::npos) break;
    const auto close = text.find('$', open + 1);
    const std::string_view name = text.substr(open + 1, close - open - 1);
    std::size_t hole = 0;
    while (hole < kHoles && kHoleNames[hole] != name) ++hole;
    if (hole == kHoles) std::abort();
    pieces_.push_back({std::string{text.substr(0, open)}, static_cast<Hole>(hole)});
    text.remove_prefix(close + 1);
  }
  tail_ = text;
}

void EnvelopeTemplate::append(std::string& out, const Values& values) const {
  for (const Piece& piece : pieces_) out.append(piece.text).append(values[piece.hole]);
  out.append(tail_);
}

Envelopes::Envelopes(Sender sender)
    : sender_(std::move(sender)),
      is_hospital_(is_hospital(sender_)),
      settlement_(envelope(sender_, settlement_infno(), purchase_input(sender_))),
      quote_(envelope(sender_, quote_infno(), purchase_input(sender_))),
      person_query_(envelope(sender_, "1101", kPersonQuery)),
      message_query_(envelope(sender_, "2602", kMessageQuery)) {
  msgid_front_ = sender_.institution;
  msgid_front_.resize(12, 'X');
  msgid_front_ += sender_.run_tag;
  set_time("2026-01-01 00:00:00");
}

std::string Envelopes::msgid(std::uint64_t number) const {
  std::string id = msgid_front_ + std::string(kCounterDigits, '0');
  put_number(id.data() + id.size(), number, kCounterDigits);
  return id;
}

void Envelopes::append_purchase(const EnvelopeTemplate& form, std::string& out,
                                std::uint64_t number, const Purchase& purchase) const {
  char amount[24], pooled[24];
  const std::string id = msgid(number);
  const std::string person = person_number(purchase.patient);
  const std::string certificate = certificate_number(purchase.patient);
  const std::string insurance = insurance_type(purchase.patient);
  const std::string area = insured_area(purchase.patient);
  EnvelopeTemplate::Values values{};
  values[EnvelopeTemplate::kMsgid] = id;
  values[EnvelopeTemplate::kTime] = time_;
  values[EnvelopeTemplate::kPerson] = person;
  values[EnvelopeTemplate::kCertificate] = certificate;
  values[EnvelopeTemplate::kInsurance] = insurance;
  values[EnvelopeTemplate::kArea] = area;
  values[EnvelopeTemplate::kAmount] = yuan(amount, purchase.amount);
  values[EnvelopeTemplate::kInScope] = values[EnvelopeTemplate::kAmount];
  values[EnvelopeTemplate::kFund] = yuan(pooled, purchase.pooled);
  values[EnvelopeTemplate::kVisit] = id;  // a visit of its own for every settlement
  form.append(out, values);
}

void Envelopes::append_settlement(std::string& out, std::uint64_t number,
                                  const Purchase& purchase) const {
  append_purchase(settlement_, out, number, purchase);
}

void Envelopes::append_quote(std::string& out, std::uint64_t number,
                             const Purchase& purchase) const {
  append_purchase(quote_, out, number, purchase);
}

void Envelopes::append_person_query(std::string& out, std::uint64_t number,
                                    PersonRef person) const {
  append_purchase(person_query_, out, number, {person, Fen{0}, Fen{0}});
}

void Envelopes::append_message_query(std::string& out, std::uint64_t number, std::uint64_t original,
                                     PersonRef patient) const {
  const std::string id = msgid(number);
  const std::string original_id = msgid(original);
  const std::string person = person_number(patient);
  const std::string area = insured_area(patient);
  EnvelopeTemplate::Values values{};
  values[EnvelopeTemplate::kMsgid] = id;
  values[EnvelopeTemplate::kTime] = time_;
  values[EnvelopeTemplate::kArea] = area;
  values[EnvelopeTemplate::kPerson] = person;
  values[EnvelopeTemplate::kOriginalMsgid] = original_id;
  values[EnvelopeTemplate::kOriginalInfno] = settlement_infno();
  message_query_.append(out, values);
}

void Envelopes::append_sign_in(std::string& out) const {
  EnvelopeTemplate::Values values{};
  const std::string id = msgid(0);
  values[EnvelopeTemplate::kMsgid] = id;
  values[EnvelopeTemplate::kTime] = time_;
  EnvelopeTemplate{envelope(sender_, "9001", kSignIn)}.append(out, values);
}

std::string make_run_tag(std::uint64_t milliseconds) {
  std::string tag(8, '0');
  for (std::size_t i = tag.size(); i-- > 0; milliseconds /= 36)
    tag[i] = "0123456789abcdefghijklmnopqrstuvwxyz"[milliseconds % 36];
  return tag;
}

}  // namespace gongji::loadtest
