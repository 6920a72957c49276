#include "gateway/certificate/certificate_json.hpp"

#include <cstdlib>

#include "gateway/certificate/chinese_amount.hpp"
#include "gateway/certificate/internet_time.hpp"
#include "gateway/certificate/masking.hpp"
#include "gateway/certificate/wording.hpp"
#include "gateway/json/json_writer.hpp"

namespace gongji::gateway::certificate {

std::string certificate_json(const CertificateData& data) {
  std::string body;
  json::JsonWriter out{body};
  out.begin_object();
  out.text("id", data.contribution_id);
  out.text("status", to_text(data.status));
  out.text("psn_no", data.psn_no.text());
  out.text("psn_name", data.psn_name);
  out.text("certno", mask_number(data.certno));
  out.text("payer_name", mask_name(data.payer_name));
  out.text("purpose", data.purpose);
  out.text("product", data.product);
  out.number("year", data.year);
  out.money_text("amount", data.amount);
  out.text("amount_in_words", to_chinese_capitals(data.amount));
  out.text("insuplc_admdvs", data.area);
  out.text("profile", data.profile_id);
  out.text("paid_at", internet_time(data.paid_at));
  out.text("issued_at", internet_time(data.issued_at));
  out.text("check_code", data.check_code);
  out.text("verify", verification_path(data.check_code));
  out.text("note", kIssuerNote);
  out.end_object();
  return body;
}

std::string_view to_text(CertificateStatus status) {
  switch (status) {
    case CertificateStatus::kPaid: return "paid";
    case CertificateStatus::kReversed: return "reversed";
  }
  std::abort();
}

}  // namespace gongji::gateway::certificate
